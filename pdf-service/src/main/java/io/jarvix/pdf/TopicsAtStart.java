package io.jarvix.pdf;

import io.jarvix.contracts.TopicCreation;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Creates the topics that are missing before the channels start, and waits for a broker that is
/// not there yet.
@ApplicationScoped
class TopicsAtStart {

    private static final long CALL_MILLIS = 10_000;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;

    private final boolean create;
    private final int partitions;
    private final short replicationFactor;
    private final String bootstrapServers;

    TopicsAtStart(
            @ConfigProperty(name = "jarvix.topics.create", defaultValue = "true") boolean create,
            @ConfigProperty(name = "jarvix.topics.partitions", defaultValue = "12") int partitions,
            @ConfigProperty(name = "jarvix.topics.replication-factor", defaultValue = "-1")
                    short replicationFactor,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.create = create;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
        this.bootstrapServers = bootstrapServers;
    }

    void createMissing(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws InterruptedException {
        long pause = 250;
        while (create) {
            try {
                TopicCreation.createMissing(
                        bootstrapServers, partitions, replicationFactor, CALL_MILLIS);
                return;
            } catch (ExecutionException | TimeoutException e) {
                Log.warnf("broker is not ready, broker=%s error=%s", bootstrapServers, e);
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }
}
