package io.jarvix.collector;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.Lease;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The gateway's and the scoring's end of the topics: sends tasks, and reads raw records.
final class TaskKafka implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final boolean bodies;
    private final List<Collected> read = new ArrayList<>();

    /// A raw record and its body.
    record Collected(RawRecord raw, byte[] body) {}

    TaskKafka(String bootstrapServers) {
        this(bootstrapServers, true);
    }

    /// @param bodies whether bodies are kept; where not, they are empty
    TaskKafka(String bootstrapServers, boolean bodies) {
        this.bodies = bodies;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new StringSerializer(),
                        new ByteArraySerializer());
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(
                consumer.partitionsFor(Topics.RAW_RECORDS).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList());
    }

    static UrlTask task(UUID run, int ordinal, String url) {
        return task(run, ordinal, url, Instant.now().plus(Duration.ofMinutes(5)));
    }

    static UrlTask task(UUID run, int ordinal, String url, Instant leaseEnd) {
        CanonicalUrl canonical = (CanonicalUrl) CanonicalUrl.parse(url);
        return new UrlTask(
                run,
                ordinal,
                canonical.url(),
                canonical.urlId(),
                new Lease(1, leaseEnd),
                FetchOptions.NONE);
    }

    void send(List<UrlTask> tasks) throws ExecutionException, InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        for (UrlTask task : tasks) {
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    Topics.URLS, Target.of(task.url()).host(), Wire.write(task))));
        }
        for (Future<?> one : sent) {
            one.get();
        }
    }

    void sendRaw(String key, byte[] value) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(Topics.URLS, key, value)).get();
    }

    /// The raw records of the run, as soon as there are so many, or what came within 90 seconds.
    List<Collected> recordsOf(UUID run, int count) throws UnreadableMessageException {
        Instant end = Instant.now().plusSeconds(90);
        while (true) {
            List<Collected> found =
                    read.stream().filter(one -> one.raw().runId().equals(run)).toList();
            if (found.size() >= count || Instant.now().isAfter(end)) {
                return found;
            }
            poll();
        }
    }

    /// By ordinal; fails where an ordinal has two.
    Map<Integer, Collected> byOrdinal(UUID run, int count) throws UnreadableMessageException {
        Map<Integer, Collected> byOrdinal = new HashMap<>();
        for (Collected one : recordsOf(run, count)) {
            if (byOrdinal.put(one.raw().ordinal(), one) != null) {
                throw new AssertionError("two records of ordinal " + one.raw().ordinal());
            }
        }
        return byOrdinal;
    }

    static Collected of(Map<Integer, Collected> records, int ordinal) {
        return Objects.requireNonNull(records.get(ordinal), "ordinal " + ordinal);
    }

    private void poll() throws UnreadableMessageException {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            RawRecord raw =
                    Wire.read(
                            record.headers().lastHeader(Topics.RAW_RECORD_HEADER).value(),
                            RawRecord.class);
            byte[] body =
                    bodies ? CompressedBody.open(record.value(), raw.bodyLength()) : new byte[0];
            read.add(new Collected(raw, body));
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
