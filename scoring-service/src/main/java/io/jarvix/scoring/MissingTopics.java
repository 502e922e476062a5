package io.jarvix.scoring;

import io.jarvix.contracts.TopicCreation;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Creates the topics that are missing before the channels start, and waits for a broker that is
/// not there yet: services and broker may be started in any order.
@ApplicationScoped
class MissingTopics {

    static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE;

    private static final Logger LOG = Logger.getLogger(MissingTopics.class);
    private static final long CALL_TIMEOUT_MILLIS = 15_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final TopicsConfig config;
    private final String bootstrapServers;

    MissingTopics(
            TopicsConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.config = config;
        this.bootstrapServers = bootstrapServers;
    }

    void create(@Observes @Priority(PRIORITY) StartupEvent event) throws InterruptedException {
        if (!config.create()) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                List<String> created =
                        TopicCreation.createMissing(
                                bootstrapServers,
                                config.partitions(),
                                config.replicationFactor(),
                                CALL_TIMEOUT_MILLIS);
                if (!created.isEmpty()) {
                    LOG.infof("topics created, topics=%s", created);
                }
                return;
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf(
                        "the broker is not ready, broker=%s error=%s next try in %s",
                        bootstrapServers, e, pause);
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            }
        }
    }
}
