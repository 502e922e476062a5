package io.jarvix.benchmarks;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The suite's own hands at a broker: fills topics, counts what services wrote without reading it,
/// reads it afterwards.
final class Kafka implements AutoCloseable {

    private static final int PARTITIONS = Topics.DEFAULT_PARTITIONS;
    private static final long PATIENCE_MILLIS = 30_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LOOK_MILLIS = 200;

    private final String bootstrapServers;
    private final Admin admin;

    Kafka(String bootstrapServers) throws IOException, InterruptedException {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        try {
            TopicCreation.createMissing(admin, PARTITIONS, (short) 1, PATIENCE_MILLIS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("topics", e);
        }
    }

    KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "linger.ms",
                        "20",
                        "batch.size",
                        "262144",
                        "max.request.size",
                        Integer.toString(Topics.MAX_MESSAGE_BYTES)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// Sends all of them and returns when the broker has them.
    ///
    /// @throws IOException where it did not take one
    static void sendAll(
            KafkaProducer<String, byte[]> producer, Stream<ProducerRecord<String, byte[]>> messages)
            throws IOException {
        Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        messages.forEach(
                message -> {
                    Future<RecordMetadata> unused =
                            producer.send(
                                    message,
                                    (metadata, failure) -> {
                                        if (failure != null) {
                                            failures.add(failure);
                                        }
                                    });
                });
        producer.flush();
        if (!failures.isEmpty()) {
            throw new IOException(
                    failures.size() + " messages were not taken by the broker", failures.peek());
        }
    }

    /// How many messages the topic ever had.
    long written(String topic) throws IOException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try {
            return admin
                    .listOffsets(ends)
                    .all()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(topic, e);
        }
    }

    /// Waits until the topic had so many messages.
    ///
    /// @return the moment, as of [System#nanoTime]
    long awaitWritten(String topic, long count, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (written(topic) < count) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        topic
                                + ": "
                                + written(topic)
                                + " messages of "
                                + count
                                + " after "
                                + patience);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return System.nanoTime();
    }

    /// Reads the whole topic, from the first message that is still there to the present end.
    void read(String topic, Consumer<ConsumerRecord<String, byte[]>> reader) {
        read(topic, 0, reader);
    }

    /// Reads a topic to its present end, in each partition from the first message that bears this
    /// time or a later one.
    ///
    /// @param sinceMillis as of [System#currentTimeMillis]
    void read(String topic, long sinceMillis, Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "fetch.max.bytes",
                                "16777216"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.offsetsForTimes(
                            partitions.stream().collect(Collectors.toMap(p -> p, p -> sinceMillis)))
                    .forEach(
                            (partition, first) ->
                                    consumer.seek(
                                            partition,
                                            first == null
                                                    ? ends.getOrDefault(partition, 0L)
                                                    : first.offset()));
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    /// Lets a consumer group, which nobody is a member of, begin anew.
    void forget(String group) throws IOException, InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(group))
                    .all()
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new IOException(group, e);
            }
        } catch (TimeoutException e) {
            throw new IOException(group, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
