package io.jarvix.scoring;

import io.jarvix.contracts.TopicCreation;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Creates the topics that are missing before the channels start, and waits for a broker that is
/// not there yet.
@Singleton
final class TopicsAtStart {

    static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE;

    private static final Logger LOG = Logger.getLogger(TopicsAtStart.class);

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

    void create(@Observes @Priority(PRIORITY) StartupEvent event) throws InterruptedException {
        if (create) {
            TopicCreation.createWhenBrokerAnswers(
                    bootstrapServers,
                    partitions,
                    replicationFactor,
                    e -> LOG.warnf("broker is not ready, broker=%s error=%s", bootstrapServers, e));
        }
    }
}
