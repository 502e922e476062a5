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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The four packaged services as processes, on a broker and a database, with a small web to crawl.
/// Traces and JSON logs are on.
final class RunningSuite implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(4);

    private static final Set<String> ENDS = Set.of("COMPLETED", "EXPIRED", "CANCELLED");

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<String, ServiceProcess> services = new HashMap<>();
    private final Path folder;
    private final BrokerProcess broker;
    private final EmbeddedDatabase database;
    private final SmallWeb web;

    private RunningSuite(Path folder) throws IOException {
        this.folder = folder;
        broker = keep(BrokerProcess.start(folder.resolve("kafka")));
        database = keep(EmbeddedDatabase.start(folder.resolve("postgres")));
        web = keep(new SmallWeb());
    }

    static RunningSuite start(Path folder) throws Exception {
        RunningSuite suite = new RunningSuite(folder);
        try {
            for (String service : Repository.SERVICES.keySet()) {
                suite.services.put(service, suite.launch(service));
            }
            suite.services.values().forEach(RunningSuite::awaitReady);
            return suite;
        } catch (Throwable e) {
            try (suite) {
                throw e;
            }
        }
    }

    ServiceProcess service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    Collection<ServiceProcess> services() {
        return services.values();
    }

    BrokerProcess broker() {
        return broker;
    }

    /// One more replica; returns when it is ready.
    ServiceProcess add(String service) throws IOException {
        ServiceProcess replica = launch(service);
        awaitReady(replica);
        return replica;
    }

    /// From now on the replica stands for its service.
    void replaceBy(ServiceProcess replica) {
        services.put(replica.service(), replica);
    }

    /// Submits so many pages of the small web and returns the run's id.
    String submit(int pages) throws IOException, InterruptedException {
        HttpResponse<String> accepted =
                gateway()
                        .post(
                                "/runs?name=deploy",
                                web.urls(pages).collect(Collectors.joining("\n")));
        assertThat(accepted.statusCode()).describedAs(accepted.body()).isEqualTo(202);
        return Repository.JSON.readTree(accepted.body()).path("id").asText();
    }

    JsonNode status(String run) throws IOException, InterruptedException {
        return Repository.JSON.readTree(gateway().get("/runs/" + run).body());
    }

    static Map<String, Integer> counts(JsonNode status) {
        return status.path("counts").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asInt()));
    }

    /// The lines that have a score, as the export lists them.
    List<Integer> scoredLines(String run) throws IOException, InterruptedException {
        List<Integer> ordinals = new ArrayList<>();
        String export = gateway().get("/runs/" + run + "/scores", "application/x-ndjson").body();
        for (String line : export.lines().toList()) {
            ordinals.add(Repository.JSON.readTree(line).path("ordinal").asInt());
        }
        return ordinals;
    }

    void awaitEnded(String run, int lines) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            Map<String, Integer> counts = counts(status(run));
                            return counts.getOrDefault("SCORED", 0)
                                            + counts.getOrDefault("FAILED", 0)
                                    >= lines;
                        });
    }

    JsonNode awaitCompleted(String run) {
        return await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> status(run), status -> ENDS.contains(status.path("state").asText()));
    }

    static void awaitReady(ServiceProcess service) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(service::isReady);
    }

    /// All that the topic holds now.
    List<ConsumerRecord<String, byte[]>> messages(String topic) {
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

    private ServiceProcess gateway() {
        return service("api-gateway");
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
        environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        environment.put("OTEL_SDK_DISABLED", "false");
        return keep(ServiceProcess.start(service, EmbeddedBroker.freePort(), folder, environment));
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.add(part);
        return part;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts.reversed()) {
            part.close();
        }
    }
}
