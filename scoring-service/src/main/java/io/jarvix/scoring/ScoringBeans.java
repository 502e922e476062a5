package io.jarvix.scoring;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Makes the scorer from the configuration, when the application starts: wrong rules stop the
/// start.
@ApplicationScoped
class ScoringBeans {

    private static final Logger LOG = Logger.getLogger(ScoringBeans.class);

    @Produces
    @Singleton
    PageScorer scorer(ScoringConfig config) {
        return config.rules().map(PageScorer::withRulesOf).orElseGet(PageScorer::withBuiltInRules);
    }

    void check(@Observes StartupEvent event, PageScorer scorer, ScoringConfig config) {
        if (config.workers() < 1 || config.workers() > 64) {
            throw new IllegalArgumentException(
                    "jarvix.scoring.workers must be from 1 to 64: " + config.workers());
        }
        LOG.infof("scoring, rules=%s workers=%s", scorer.rules().version(), config.workers());
    }
}
