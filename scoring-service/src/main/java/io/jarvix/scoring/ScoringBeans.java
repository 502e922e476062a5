package io.jarvix.scoring;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Makes the scorer from the configuration when the application starts. What is wrong in it ends
/// the start before anything else is done: Quarkus prints the sentence of a ConfigurationException
/// on standard error and exits with code 1.
@ApplicationScoped
class ScoringBeans {

    /// Before the wait for the broker: a wrong file is wrong without one too.
    static final int BEFORE_ALL = TopicsAtStart.PRIORITY - 1;

    private static final Logger LOG = Logger.getLogger(ScoringBeans.class);

    @Produces
    @Singleton
    PageScorer scorer(ScoringConfig config) {
        try {
            return config.rules()
                    .map(PageScorer::withRulesOf)
                    .orElseGet(PageScorer::withBuiltInRules);
        } catch (InvalidRulesException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    void check(
            @Observes @Priority(BEFORE_ALL) StartupEvent event,
            PageScorer scorer,
            ScoringConfig config) {
        if (config.workers() < 1 || config.workers() > 64) {
            throw new ConfigurationException(
                    "jarvix.scoring.workers must be from 1 to 64: " + config.workers() + ".");
        }
        LOG.infof("scoring, rules=%s workers=%s", scorer.rules().version(), config.workers());
    }
}
