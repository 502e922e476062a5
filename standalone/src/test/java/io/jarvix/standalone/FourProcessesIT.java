package io.jarvix.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The four services as four applications of their own, configured by environment alone, with two
/// scoring-service processes that share the partitions.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FourProcessesIT {

    private static final Duration LONG = Duration.ofMinutes(4);

    private final List<AutoCloseable> started = new ArrayList<>();
    private final Map<String, SuiteApi> services = new TreeMap<>();
    private Path folder;
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;
    private DemoSite demo;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        keep(() -> broker.close());
        database = keep(EmbeddedDatabase.start(folder.resolve("postgres")));
        demo = keep(DemoSite.start());
        services.put("api-gateway", service("api-gateway", Map.of()));
        services.put("collector-service", service("collector-service", collectorEnvironment()));
        services.put("scoring-service", service("scoring-service", Map.of()));
        services.put("pdf-service", service("pdf-service", Map.of()));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : started.reversed()) {
            part.close();
        }
    }

    @Test
    void aSeedListGoesThroughAllFourAndTwoScorersShareThePartitions() throws Exception {
        SuiteApi gateway = Objects.requireNonNull(services.get("api-gateway"));
        service("scoring-service", Map.of());
        await().atMost(LONG).untilAsserted(this::twoScorersShareThePartitions);

        String runId = gateway.submit(Path.of("..", "examples", "seeds.txt"), "four");
        RunStatus end = gateway.awaitEnd(runId, LONG);

        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.addsUp()).isTrue();
        DemoLedger.read()
                .counts()
                .forEach((state, count) -> assertThat(end.count(state)).as(state).isEqualTo(count));
        assertThat(gateway.get("/runs/" + runId + "/report.pdf").asByteArray())
                .startsWith("%PDF-".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void eachServiceSaysThatTheBrokerIsAwayAndGoesOnWhenItIsBack() throws Exception {
        broker.close();

        services.forEach((name, api) -> awaitHealth(name, api, 503));
        broker = EmbeddedBroker.start(folder.resolve("kafka"), broker.port());
        services.forEach((name, api) -> awaitHealth(name, api, 200));
    }

    /// Never asks for a restart.
    private static void awaitHealth(String service, SuiteApi api, int readiness) {
        await().atMost(LONG)
                .untilAsserted(
                        () -> {
                            assertThat(api.get("/q/health/ready").statusCode())
                                    .as(service)
                                    .isEqualTo(readiness);
                            assertThat(api.get("/q/health/live").statusCode())
                                    .as(service)
                                    .isEqualTo(200);
                        });
    }

    private void twoScorersShareThePartitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<TopicPartition> assigned = new HashSet<>();
            Set<String> members = new HashSet<>();
            admin.describeConsumerGroups(List.of("jarvix-scoring")).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .forEach(
                            member -> {
                                assigned.addAll(member.assignment().topicPartitions());
                                members.add(member.consumerId());
                            });
            assertThat(assigned).hasSize(12);
            assertThat(members.size()).isGreaterThanOrEqualTo(2);
        }
    }

    private Map<String, String> collectorEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("ARCHIVE_FOLDER", folder.resolve("archive").toString());
        environment.put("JARVIX_COLLECTOR_ALLOWED_PRIVATE_CIDRS", String.join(",", demo.cidrs()));
        StringBuilder hosts = new StringBuilder();
        demo.hosts()
                .forEach(
                        (host, address) ->
                                hosts.append(" -Djarvix.collector.hosts.\"")
                                        .append(host)
                                        .append("\"=")
                                        .append(address));
        environment.put("JAVA_TOOL_OPTIONS", hosts.toString().strip());
        return environment;
    }

    private SuiteApi service(String module, Map<String, String> more) throws Exception {
        int port = EmbeddedBroker.freePort();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("HTTP_PORT", Integer.toString(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        environment.put("DATABASE_URL", database.jdbcUrl());
        environment.put("DATABASE_USER", database.user());
        environment.put("DATABASE_PASSWORD", database.password());
        JarProcess process = keep(JarProcess.start(module, folder, environment));
        SuiteApi api = new SuiteApi(port);
        api.awaitReady(process);
        return api;
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.add(part);
        return part;
    }
}
