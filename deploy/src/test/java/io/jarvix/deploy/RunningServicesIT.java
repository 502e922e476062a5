package io.jarvix.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Topics;
import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The packaged services as processes: what the deployment files say of them is true of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningServicesIT {

    private static final int PAGES = 1500;
    private static final Duration LONG = Duration.ofMinutes(4);

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<String, ServiceProcess> services = new HashMap<>();
    private Path folder;
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;
    private SmallWeb web;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        broker = keep(EmbeddedBroker.start(folder.resolve("kafka")));
        database = keep(EmbeddedDatabase.start(folder.resolve("postgres")));
        web = keep(new SmallWeb());
        for (String service : Repository.SERVICES.keySet()) {
            services.put(service, launch(service));
        }
        for (ServiceProcess service : services.values()) {
            awaitReady(service);
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
    }

    private ServiceProcess running(String service) {
        return Objects.requireNonNull(services.get(service), service);
    }

    @Test
    void everyProbedPathAnswers() throws Exception {
        for (ServiceProcess service : services.values()) {
            for (String path : ProbePaths.ALL) {
                assertThat(service.get(path).statusCode())
                        .describedAs(service.service() + path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aRunGoesOnWhileReplicasComeAndGo() throws Exception {
        ServiceProcess gateway = running("api-gateway");
        String run = submit(gateway, PAGES);

        awaitEnded(gateway, run, PAGES / 10);
        ServiceProcess secondScorer = launch("scoring-service");
        ServiceProcess secondCollector = launch("collector-service");
        awaitReady(secondScorer);
        awaitReady(secondCollector);
        awaitEnded(gateway, run, PAGES * 4 / 10);
        running("scoring-service").kill();
        awaitEnded(gateway, run, PAGES * 6 / 10);
        int exitCode = running("collector-service").terminate();
        services.put("scoring-service", secondScorer);
        services.put("collector-service", secondCollector);
        JsonNode end = awaitCompleted(gateway, run);

        assertThat(exitCode).isIn(0, 143);
        assertThat(end.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(counts(end))
                .containsEntry("FAILED", SmallWeb.missing(PAGES))
                .containsEntry("SCORED", PAGES - SmallWeb.missing(PAGES));
        assertThat(counts(end).values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(PAGES);
    }

    @Test
    void whatTheRulesAndDashboardsNameIsMeasured() throws Exception {
        ServiceProcess gateway = running("api-gateway");
        awaitCompleted(gateway, submit(gateway, 40));

        // Kafka's clients report a figure when they first have one, and are asked for new ones once
        // a minute.
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () ->
                                assertThat(Monitoring.metricsOfRulesAndDashboards())
                                        .isNotEmpty()
                                        .isSubsetOf(measured()));
    }

    /// Tracing is on in these processes, without a collector of traces: what counts is the way,
    /// which the messages carry.
    @Test
    void oneTraceFollowsAUrlThroughAllTopics() throws Exception {
        ServiceProcess gateway = running("api-gateway");
        String run = submit(gateway, 40);
        awaitCompleted(gateway, run);

        Map<Integer, String> dispatched = traces(Topics.URLS, run);
        assertThat(dispatched).hasSize(40);
        assertThat(dispatched.values()).doesNotHaveDuplicates();
        assertThat(traces(Topics.RAW_RECORDS, run)).isEqualTo(dispatched);
        assertThat(traces(Topics.SCORES, run)).isEqualTo(dispatched);
    }

    /// The trace id of each line of the run, from the topic's messages.
    private Map<Integer, String> traces(String topic, String run) throws IOException {
        Map<Integer, String> traces = new HashMap<>();
        for (ConsumerRecord<String, byte[]> message : messages(topic)) {
            Header raw = message.headers().lastHeader(Topics.RAW_RECORD_HEADER);
            JsonNode json = Repository.JSON.readTree(raw == null ? message.value() : raw.value());
            if (json.path("runId").asText().equals(run)) {
                Header parent = message.headers().lastHeader("traceparent");
                traces.put(
                        json.path("ordinal").asInt(),
                        parent == null ? "none" : new String(parent.value(), UTF_8).split("-")[1]);
            }
        }
        return traces;
    }

    /// All that the topic holds now.
    private List<ConsumerRecord<String, byte[]>> messages(String topic) {
        Map<String, Object> configuration = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> messages = new ArrayList<>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
            }
            return messages;
        }
    }

    @Test
    void theListOfMetricsIsTheTruth() throws Exception {
        ServiceProcess gateway = running("api-gateway");
        awaitCompleted(gateway, submit(gateway, 40));

        assertThat(Monitoring.documentedMetrics())
                .containsExactlyInAnyOrderElementsOf(
                        measured().stream()
                                .filter(name -> name.startsWith("jarvix_"))
                                .map(Monitoring::family)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// The names of all samples that the four services show.
    private Set<String> measured() throws IOException, InterruptedException {
        Set<String> names = new TreeSet<>(Set.of("up"));
        for (ServiceProcess service : services.values()) {
            service.get("/q/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .forEach(names::add);
        }
        return names;
    }

    private String submit(ServiceProcess gateway, int pages) throws Exception {
        HttpResponse<String> accepted =
                gateway.post(
                        "/runs?name=deploy", web.urls(pages).collect(Collectors.joining("\n")));
        assertThat(accepted.statusCode()).describedAs(accepted.body()).isEqualTo(202);
        return Repository.JSON.readTree(accepted.body()).path("id").asText();
    }

    private static JsonNode status(ServiceProcess gateway, String run)
            throws IOException, InterruptedException {
        return Repository.JSON.readTree(gateway.get("/runs/" + run).body());
    }

    private static Map<String, Integer> counts(JsonNode status) {
        return status.path("counts").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asInt()));
    }

    private static void awaitEnded(ServiceProcess gateway, String run, int lines) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            Map<String, Integer> counts = counts(status(gateway, run));
                            return counts.getOrDefault("SCORED", 0)
                                            + counts.getOrDefault("FAILED", 0)
                                    >= lines;
                        });
    }

    private static JsonNode awaitCompleted(ServiceProcess gateway, String run) {
        return await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> status(gateway, run),
                        status ->
                                Set.of("COMPLETED", "EXPIRED", "CANCELLED")
                                        .contains(status.path("state").asText()));
    }

    private static void awaitReady(ServiceProcess service) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(service::isReady);
    }

    private ServiceProcess launch(String service) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("DATABASE_URL", database.jdbcUrl());
        environment.put("DATABASE_USER", database.user());
        environment.put("DATABASE_PASSWORD", database.password());
        environment.put("ARCHIVE_FOLDER", folder.resolve("archive").toString());
        environment.put("JARVIX_COLLECTOR_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8");
        environment.put("JAVA_TOOL_OPTIONS", web.addresses());
        environment.put("QUARKUS_SHUTDOWN_TIMEOUT", "20s");
        environment.put("OTEL_SDK_DISABLED", "false");
        return keep(ServiceProcess.start(service, EmbeddedBroker.freePort(), folder, environment));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.add(part);
        return part;
    }
}
