package io.jarvix.collector;

import io.jarvix.contracts.TopicCreation;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Creates the topics that are missing, before the channels start. Waits for a broker that is not
/// there yet.
@ApplicationScoped
class TopicsAtStart {

    private static final Logger LOG = Logger.getLogger(TopicsAtStart.class);
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long LAST_PAUSE_MILLIS = 10_000;

    private final boolean create;
    private final String bootstrapServers;
    private final int partitions;
    private final short replicationFactor;

    TopicsAtStart(
            @ConfigProperty(name = "jarvix.topics.create", defaultValue = "true") boolean create,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "jarvix.topics.partitions", defaultValue = "12") int partitions,
            @ConfigProperty(name = "jarvix.topics.replication-factor", defaultValue = "-1")
                    short replicationFactor) {
        this.create = create;
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws InterruptedException {
        long pause = 250;
        while (create && !created()) {
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(LAST_PAUSE_MILLIS, pause * 2);
        }
    }

    private boolean created() throws InterruptedException {
        try {
            TopicCreation.createMissing(
                    bootstrapServers, partitions, replicationFactor, TIMEOUT_MILLIS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Kafka is not there yet bootstrapServers=%s error=%s", bootstrapServers, e);
            return false;
        }
    }
}
