package io.jarvix.gateway;

import io.jarvix.contracts.TopicCreation;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Creates the topics that are missing, before the channels start; waits for a broker that is not
/// there yet.
@Singleton
final class TopicsAtStart {

    private static final Logger LOG = Logger.getLogger(TopicsAtStart.class);
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final boolean create;
    private final int partitions;
    private final short replicationFactor;

    TopicsAtStart(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "jarvix.topics.create", defaultValue = "true") boolean create,
            @ConfigProperty(name = "jarvix.topics.partitions", defaultValue = "12") int partitions,
            @ConfigProperty(name = "jarvix.topics.replication-factor", defaultValue = "-1")
                    short replicationFactor) {
        this.bootstrapServers = bootstrapServers;
        this.create = create;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    void create(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws InterruptedException {
        Duration pause = Duration.ofMillis(200);
        while (create) {
            try {
                TopicCreation.createMissing(
                        bootstrapServers, partitions, replicationFactor, TIMEOUT_MILLIS);
                return;
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf("The broker is waited for: error=%s", e.toString());
                Thread.sleep(pause);
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
        }
    }
}
