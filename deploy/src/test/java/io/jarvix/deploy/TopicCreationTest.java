package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.COLLECTION;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.Topics;
import io.jarvix.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How each service creates its topics, on a real broker.
class TopicCreationTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int PARTITIONS = 3;

    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aBrokerThatComesLateGetsAllTopicsAsTheyAreDeclared(@TempDir Path folder) throws Exception {
        int port = EmbeddedBroker.freePort();
        Future<List<String>> created = threads.submit(create("127.0.0.1:" + port));
        await().atMost(LONG).until(() -> !failures.isEmpty());

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
            assertThat(created).succeedsWithin(LONG).isEqualTo(names().toList());
            assertThat(create(broker.bootstrapServers()).call()).isEmpty();
            assertTopicsAreAsDeclared(broker);
        }
    }

    @Test
    void aNameThatDoesNotResolveIsWaitedFor() {
        Future<List<String>> created = threads.submit(create("broker.invalid:9092"));

        await().atMost(LONG).until(() -> failures.size() >= 2);
        assertThat(created).isNotDone();
    }

    @Test
    void aBrokerThatHasNotHeardOfTheNewTopicsYetIsAskedAgain(@TempDir Path folder)
            throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder);
                LateBroker admin = new LateBroker(broker.bootstrapServers(), 3)) {
            assertThat(TopicCreation.createMissing(admin, PARTITIONS, (short) 1, LONG.toMillis()))
                    .isEqualTo(names().toList());
            assertThat(admin.refusals).isZero();
        }
    }

    private Callable<List<String>> create(String bootstrapServers) {
        return () ->
                TopicCreation.createWhenBrokerAnswers(
                        bootstrapServers, PARTITIONS, (short) 1, failures::add);
    }

    private static Stream<String> names() {
        return Topics.ALL.stream().map(Topics.Topic::name);
    }

    private static void assertTopicsAreAsDeclared(EmbeddedBroker broker) throws Exception {
        List<ConfigResource> resources =
                names().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<ConfigResource, Config> configs = admin.describeConfigs(resources).all().get();
            assertThat(admin.describeTopics(names().toList()).allTopicNames().get().values())
                    .hasSize(Topics.ALL.size())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(PARTITIONS));
            for (Topics.Topic topic : Topics.ALL) {
                assertThat(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())))
                        .extracting(Config::entries, as(COLLECTION))
                        .map(ConfigEntry.class::cast)
                        .extracting(ConfigEntry::name, ConfigEntry::value)
                        .containsAll(
                                topic.config().entrySet().stream()
                                        .map(entry -> tuple(entry.getKey(), entry.getValue()))
                                        .toList());
            }
        }
    }

    /// Does not know the topics for the first calls about their partitions.
    private static final class LateBroker extends ForwardingAdmin {

        private int refusals;

        LateBroker(String bootstrapServers, int refusals) {
            super(Map.of("bootstrap.servers", bootstrapServers));
            this.refusals = refusals;
        }

        @Override
        public ListOffsetsResult listOffsets(
                Map<TopicPartition, OffsetSpec> partitions, ListOffsetsOptions options) {
            if (refusals == 0) {
                return super.listOffsets(partitions, options);
            }
            refusals--;
            KafkaFutureImpl<ListOffsetsResultInfo> unknown = new KafkaFutureImpl<>();
            unknown.completeExceptionally(new UnknownTopicOrPartitionException("not heard of"));
            return new ListOffsetsResult(
                    partitions.keySet().stream()
                            .collect(Collectors.toMap(partition -> partition, _ -> unknown)));
        }
    }
}
