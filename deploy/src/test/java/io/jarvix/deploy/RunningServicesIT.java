package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        ServiceProcess gateway = services.get("api-gateway");
        String run = submit(gateway, PAGES);

        awaitEnded(gateway, run, PAGES / 10);
        ServiceProcess secondScorer = launch("scoring-service");
        ServiceProcess secondCollector = launch("collector-service");
        awaitReady(secondScorer);
        awaitReady(secondCollector);
        awaitEnded(gateway, run, PAGES * 4 / 10);
        services.get("scoring-service").kill();
        awaitEnded(gateway, run, PAGES * 6 / 10);
        int exitCode = services.get("collector-service").terminate();
        services.put("scoring-service", secondScorer);
        services.put("collector-service", secondCollector);
        JsonNode end;
        try {
            end = awaitCompleted(gateway, run);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            diagnose(gateway, run);
            throw e;
        }

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
        ServiceProcess gateway = services.get("api-gateway");
        awaitCompleted(gateway, submit(gateway, 40));

        assertThat(Monitoring.metricsOfRulesAndDashboards())
                .isNotEmpty()
                .isSubsetOf(measured());
    }

    @Test
    void theListOfMetricsIsTheTruth() throws Exception {
        ServiceProcess gateway = services.get("api-gateway");
        awaitCompleted(gateway, submit(gateway, 40));

        assertThat(Monitoring.documentedMetrics())
                .containsExactlyInAnyOrderElementsOf(
                        measured().stream()
                                .filter(name -> name.startsWith("jarvix_"))
                                .map(Monitoring::family)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private void diagnose(ServiceProcess gateway, String run) throws Exception {
        System.out.println("OPEN " + gateway.get("/runs/" + run + "/urls?state=DISPATCHED").body());
        for (String topic : List.of("urls", "raw-records", "scores")) {
            Map<String, Object> p = new HashMap<>();
            p.put("bootstrap.servers", broker.bootstrapServers());
            p.put("auto.offset.reset", "earliest");
            p.put("enable.auto.commit", "false");
            try (var c = new org.apache.kafka.clients.consumer.KafkaConsumer<>(p, new org.apache.kafka.common.serialization.StringDeserializer(), new org.apache.kafka.common.serialization.ByteArrayDeserializer())) {
                var parts = c.partitionsFor(topic).stream().map(i -> new org.apache.kafka.common.TopicPartition(topic, i.partition())).toList();
                c.assign(parts);
                c.seekToBeginning(parts);
                var ends = c.endOffsets(parts);
                Map<Integer, String> seen = new java.util.TreeMap<>();
                int n = 0;
                long total = ends.values().stream().mapToLong(Long::longValue).sum();
                while (n < total) {
                    for (var r : c.poll(Duration.ofSeconds(5))) {
                        n++;
                        var header = r.headers().lastHeader("jarvix-raw-record");
                        JsonNode j = Repository.JSON.readTree(header == null ? r.value() : header.value());
                        if (j.path("runId").asText().equals(run)) {
                            seen.merge(j.path("ordinal").asInt(), r.partition() + "@" + r.offset(), (a, b) -> a + "," + b);
                        }
                    }
                }
                java.util.Set<Integer> missing = new TreeSet<>();
                for (int i = 1; i <= PAGES; i++) if (!seen.containsKey(i)) missing.add(i);
                System.out.println("TOPIC " + topic + " messages " + n + " distinct " + seen.size() + " missing " + missing);
                try (var admin = org.apache.kafka.clients.admin.Admin.create(p)) {
                    for (String g : List.of("jarvix-collector", "jarvix-scoring", "jarvix-gateway")) {
                        var o = new java.util.TreeMap<String, String>();
                        admin.listConsumerGroupOffsets(g).partitionsToOffsetAndMetadata().get().forEach((tp, om) -> { if (tp.topic().equals(topic)) o.put(tp.toString(), om.offset() + "/" + ends.get(tp)); });
                        if (!o.isEmpty()) System.out.println("  " + g + " " + o);
                    }
                }
            }
        }
        for (ServiceProcess x : all) System.out.println("=== " + x.service() + "\n" + x.tail());
        parts.clear();
    }

    private final List<ServiceProcess> all = new ArrayList<>();

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
        ServiceProcess x = keep(
                ServiceProcess.start(service, EmbeddedBroker.freePort(), folder, environment));
        all.add(x);
        return x;
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.add(part);
        return part;
    }
}
