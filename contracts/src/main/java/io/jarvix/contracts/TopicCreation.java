package io.jarvix.contracts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics that are missing and leaves those that exist as they are. Several services
/// may do so at once.
public final class TopicCreation {

    private static final long CALL_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long LEADERS_PAUSE_MILLIS = 20;

    private TopicCreation() {}

    /// As [#createMissing(String, int, short, long)], and waits for a broker that is not there yet:
    /// services and broker may be started in any order. A name that does not resolve counts as a
    /// broker that is not there, since a container's name comes and goes with the container. The
    /// pauses between attempts double from 0.25 s to 5 s.
    ///
    /// @param failed hears of each attempt that failed
    /// @return the names of the topics that this call created
    /// @throws InterruptedException also where the process is told to end meanwhile
    public static List<String> createWhenBrokerAnswers(
            String bootstrapServers,
            int partitions,
            short replicationFactor,
            Consumer<Exception> failed)
            throws InterruptedException {
        Thread end = new Thread(Thread.currentThread()::interrupt, "jarvix-topics-end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            long pause = FIRST_PAUSE_MILLIS;
            while (true) {
                try {
                    return createMissing(
                            bootstrapServers, partitions, replicationFactor, CALL_MILLIS);
                } catch (ExecutionException | TimeoutException | KafkaException e) {
                    failed.accept(e);
                }
                TimeUnit.MILLISECONDS.sleep(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        } finally {
            removeShutdownHook(end);
        }
    }

    private static void removeShutdownHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook runs, or did.
        }
    }

    /// As [#createMissing(Admin, int, short, long)], with an admin client of its own for the time
    /// of the call. The client's calls end by the same time: closing it waits for them.
    public static List<String> createMissing(
            String bootstrapServers, int partitions, short replicationFactor, long timeoutMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Object> configuration =
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "default.api.timeout.ms", (int) timeoutMillis,
                        "request.timeout.ms", (int) timeoutMillis);
        try (Admin admin = Admin.create(configuration)) {
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
        List<String> created = missing.stream().map(NewTopic::name).toList();
        awaitLeaders(admin, created, partitions, timeoutMillis);
        return created;
    }

    /// Returns when the partitions take messages, which is a moment after the controller has made
    /// them: an idempotent producer whose first batch is refused and whose second one is taken
    /// repeats the first in vain until `delivery.timeout.ms`, and loses it. A broker that has not
    /// heard of the topic yet is asked again: the client repeats a call for want of a leader, but
    /// not for want of a topic.
    private static void awaitLeaders(
            Admin admin, List<String> topics, int partitions, long timeoutMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (String topic : topics) {
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            try {
                admin.listOffsets(ends).all().get(timeoutMillis, TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)
                        || System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LEADERS_PAUSE_MILLIS);
        }
    }
}
