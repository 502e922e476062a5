package io.jarvix.contracts;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics that are missing and leaves those that exist as they are. Several services
/// may do so at once.
public final class TopicCreation {

    private TopicCreation() {}

    /// As [#createMissing(Admin, int, short, long)], with an admin client of its own for the time
    /// of the call.
    public static List<String> createMissing(
            String bootstrapServers, int partitions, short replicationFactor, long timeoutMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return createMissing(admin, partitions, replicationFactor, timeoutMillis);
        }
    }

    /// Creates what is missing of [Topics#ALL].
    ///
    /// @param partitions of each new topic
    /// @param replicationFactor of each new topic; -1: the broker's default
    /// @return the names of the topics that this call created
    /// @throws TimeoutException where the broker did not answer in time
    /// @throws ExecutionException where the broker refused
    public static List<String> createMissing(
            Admin admin, int partitions, short replicationFactor, long timeoutMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> existing = admin.listTopics().names().get(timeoutMillis, TimeUnit.MILLISECONDS);
        List<NewTopic> missing =
                Topics.ALL.stream()
                        .filter(topic -> !existing.contains(topic.name()))
                        .map(
                                topic ->
                                        new NewTopic(topic.name(), partitions, replicationFactor)
                                                .configs(topic.config()))
                        .toList();
        for (var creation : admin.createTopics(missing).values().values()) {
            try {
                creation.get(timeoutMillis, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return missing.stream().map(NewTopic::name).toList();
    }
}
