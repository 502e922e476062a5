package io.jarvix.gateway;

import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Stands for the collector, the scorer and the printer: answers each task with [Pages] and each
/// report request with a small "PDF", and remembers what it was asked. Tasks that `ignored` names
/// stay without an answer.
final class AnsweringSuite implements AutoCloseable {

    static final byte[] PDF = "%PDF-1.7 of a test".getBytes(StandardCharsets.UTF_8);

    final ConcurrentLinkedQueue<UrlTask> tasks = new ConcurrentLinkedQueue<>();
    private final Map<UUID, ReportRequest> reports = new ConcurrentHashMap<>();
    private final Set<UUID> reportRequests = ConcurrentHashMap.newKeySet();
    private volatile Predicate<UrlTask> ignored = task -> false;
    private volatile Map<String, Double> scores = Map.of();
    private volatile String failing = "fail";
    private volatile @Nullable Hold hold;
    private final ConcurrentLinkedQueue<UrlTask> held = new ConcurrentLinkedQueue<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Thread thread;

    private record Hold(UUID run, int answers) {

        boolean holds(UrlTask task) {
            return task.runId().equals(run) && task.ordinal() > answers;
        }
    }

    AnsweringSuite(String bootstrapServers) {
        Properties in = new Properties();
        in.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        in.put(ConsumerConfig.GROUP_ID_CONFIG, "answering-suite-" + UUID.randomUUID());
        in.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer = new KafkaConsumer<>(in, new StringDeserializer(), new ByteArrayDeserializer());
        Properties out = new Properties();
        out.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        out.put("linger.ms", "2");
        producer = new KafkaProducer<>(out, new StringSerializer(), new ByteArraySerializer());
        thread = Thread.ofPlatform().name("answering-suite").start(this::run);
    }

    void ignore(Predicate<UrlTask> these) {
        ignored = these;
    }

    /// From now on a URL that ends with one of these has the score beside it.
    void score(Map<String, Double> byEnding) {
        scores = byEnding;
    }

    /// From now on a URL that ends with this fails.
    void fail(String ending) {
        failing = ending;
    }

    List<UrlTask> tasksOf(UUID run) {
        return tasks.stream().filter(task -> task.runId().equals(run)).toList();
    }

    /// Answers this run's tasks up to this many, and keeps the others until [#release].
    void holdAfter(UUID run, int answers) {
        hold = new Hold(run, answers);
    }

    int held() {
        return held.size();
    }

    void release() {
        hold = null;
        for (UrlTask task = held.poll(); task != null; task = held.poll()) {
            answer(task);
        }
    }

    ReportRequest reportOf(UUID run) {
        return Objects.requireNonNull(reports.get(run), "no report was asked for");
    }

    /// How many reports were asked for; the same request twice counts once.
    int reportRequests() {
        return reportRequests.size();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(Topics.URLS, Topics.PDF_REQUESTS));
            while (true) {
                for (ConsumerRecord<String, byte[]> message :
                        consumer.poll(Duration.ofSeconds(1))) {
                    answer(message);
                }
            }
        } catch (WakeupException e) {
            // This is how close() ends the loop.
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(ConsumerRecord<String, byte[]> message) throws UnreadableMessageException {
        if (message.topic().equals(Topics.URLS)) {
            UrlTask task = Wire.read(message.value(), UrlTask.class);
            tasks.add(task);
            Hold holding = hold;
            if (holding != null && holding.holds(task)) {
                held.add(task);
            } else if (!ignored.test(task)) {
                answer(task);
            }
            return;
        }
        ReportRequest request = Wire.read(message.value(), ReportRequest.class);
        reports.put(request.runId(), request);
        reportRequests.add(request.requestId());
        ProducerRecord<String, byte[]> report =
                new ProducerRecord<>(Topics.REPORTS, message.key(), PDF);
        report.headers()
                .add(
                        Topics.REPORT_RESULT_HEADER,
                        Wire.write(
                                new ReportResult.Rendered(
                                        request.runId(),
                                        request.requestId(),
                                        1,
                                        "ab".repeat(32),
                                        PDF.length,
                                        5)));
        send(report);
    }

    private void answer(UrlTask task) {
        send(new ProducerRecord<>(Topics.SCORES, task.urlId(), Wire.write(result(task))));
    }

    private PageScore result(UrlTask task) {
        if (task.url().endsWith(failing)) {
            return Pages.failed(task);
        }
        return scores.entrySet().stream()
                .filter(score -> task.url().endsWith(score.getKey()))
                .findFirst()
                .map(score -> Pages.scored(task, score.getValue()))
                .orElseGet(() -> Pages.of(task));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(ProducerRecord<String, byte[]> message) {
        producer.send(message);
    }
}
