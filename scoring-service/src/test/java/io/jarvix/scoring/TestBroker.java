package io.jarvix.scoring;

import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/// The neighbours of the scoring service: sends raw records as the collector does and reads what
/// comes out. Not for use by two threads at once.
final class TestBroker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;
    private final List<ConsumerRecord<String, byte[]>> received = new ArrayList<>();

    TestBroker(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "max.request.size",
                                Topics.MAX_MESSAGE_BYTES),
                        new StringSerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                "false"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>(partitions(Topics.SCORES));
        partitions.addAll(partitions(Topics.DEAD_LETTERS));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /// Of the application that the test runs.
    static TestBroker ofTheApplication() {
        return new TestBroker(
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    void send(ProducerRecord<String, byte[]> message) {
        sendAll(List.of(message));
    }

    /// Sends all and waits for the broker once.
    void sendAll(List<ProducerRecord<String, byte[]>> messages) {
        List<Future<RecordMetadata>> sent = messages.stream().map(producer::send).toList();
        try {
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Waits for the score of one line.
    PageScore score(UUID run, int ordinal) {
        await().atMost(PATIENCE)
                .until(() -> scores(run).stream().anyMatch(score -> score.ordinal() == ordinal));
        return scores(run).stream()
                .filter(score -> score.ordinal() == ordinal)
                .findFirst()
                .orElseThrow();
    }

    /// The scores of a run that are there by now, with their repetitions.
    List<PageScore> scores(UUID run) {
        poll();
        return received.stream()
                .filter(message -> message.topic().equals(Topics.SCORES))
                .map(TestBroker::read)
                .filter(score -> score.runId().equals(run))
                .toList();
    }

    /// As [#scores], without those that were returned before.
    List<PageScore> newScores(UUID run) {
        List<PageScore> scores = scores(run);
        received.clear();
        return scores;
    }

    /// How many partitions each member of a consumer group has.
    Map<String, Long> partitionsOfMembers(String group) {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(description -> description.members().stream())
                    .collect(
                            Collectors.toMap(
                                    member -> member.consumerId(),
                                    member -> (long) member.assignment().topicPartitions().size()));
        } catch (ExecutionException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    ConsumerRecord<String, byte[]> deadLetter(String key) {
        await().atMost(PATIENCE).until(() -> deadLetters(key).size() == 1);
        return deadLetters(key).getFirst();
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String key) {
        poll();
        return received.stream()
                .filter(message -> message.topic().equals(Topics.DEAD_LETTERS))
                .filter(message -> key.equals(message.key()))
                .toList();
    }

    /// Sets the largest message of a topic.
    void allowMessages(String topic, int bytes) {
        try {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "max.message.bytes",
                                                            Integer.toString(bytes)),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The committed offset of each partition that has one.
    Map<Integer, Long> committed(String group, String topic) {
        try {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .collect(
                            Collectors.toMap(
                                    entry -> entry.getKey().partition(),
                                    entry -> entry.getValue().offset()));
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The end of each partition that has a message.
    Map<Integer, Long> ends(String topic) {
        return consumer.endOffsets(partitions(topic)).entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(
                        Collectors.toMap(
                                entry -> entry.getKey().partition(), entry -> entry.getValue()));
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        admin.close();
    }

    private void poll() {
        consumer.poll(POLL).forEach(received::add);
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static PageScore read(ConsumerRecord<String, byte[]> message) {
        try {
            return Wire.read(message.value(), PageScore.class);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }
}
