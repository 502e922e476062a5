package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Two gateways as processes on one broker and one database that can be stopped and started again
/// beneath them. Thread rule: one thread.
final class TwoGateways implements AutoCloseable {

    final AnsweringSuite suite;
    GatewayProcess one;
    GatewayProcess two;
    private final Path folder;
    private final Map<String, String> settings;
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;

    /// @param settings of both gateways' environment
    TwoGateways(Path folder, Map<String, String> settings) throws Exception {
        this.folder = folder;
        this.settings = settings;
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        database = EmbeddedDatabase.start(folder.resolve("database"));
        TopicCreation.createMissing(broker.bootstrapServers(), 4, (short) 1, 30_000);
        suite = new AnsweringSuite(broker.bootstrapServers());
        one = startGateway("one.log");
        two = startGateway("two.log");
    }

    private GatewayProcess startGateway(String log) throws IOException {
        return GatewayProcess.start(folder.resolve(log), broker, database, "128m", settings);
    }

    /// As a power cut would end both, and as they come back.
    void crashAndRestart(Runnable between) throws Exception {
        one.kill();
        two.kill();
        between.run();
        one = startGateway("one.log");
        two = startGateway("two.log");
    }

    String logs() throws IOException {
        return Files.readString(folder.resolve("one.log"))
                + Files.readString(folder.resolve("two.log"));
    }

    List<GatewayProcess> both() {
        return List.of(one, two);
    }

    void stopBroker() {
        broker.close();
    }

    /// On the same port, with the same data.
    void startBroker() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"), broker.port());
    }

    void stopDatabase() throws IOException {
        database.close();
    }

    /// On the same port, with the same data.
    void startDatabase() throws IOException {
        database = EmbeddedDatabase.start(folder.resolve("database"), database.port());
    }

    @Override
    public void close() throws Exception {
        GatewayProcess.closeAll(both());
        suite.close();
        database.close();
        broker.close();
    }

    /// A run of which a part is answered, a part is with the collectors, and a part waits.
    UUID runUnderWay(String name, int lines) throws Exception {
        UUID run = submit(one, name, lines);
        suite.holdAfter(run, lines / 3);
        await().atMost(Duration.ofMinutes(1)).until(() -> suite.held() >= 100);
        return run;
    }

    static UUID submit(GatewayProcess gateway, String name, int lines) throws Exception {
        HttpResponse<String> answer =
                gateway.postText("/runs?name=" + name, new SeedLines(lines, 50));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return id(answer);
    }

    static UUID id(HttpResponse<String> accepted) {
        return UUID.fromString(new JsonPath(accepted.body()).getString("id"));
    }

    /// Waits until both gateways say that they are ready, or not, because of this check.
    void awaitReadiness(boolean ready, String check) {
        for (GatewayProcess gateway : both()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> {
                                HttpResponse<String> health = gateway.get("/q/health/ready");
                                assertThat(health.statusCode())
                                        .as(health.body())
                                        .isEqualTo(ready ? 200 : 503);
                                assertThat(statusOf(check, health.body()))
                                        .isEqualTo(ready ? "UP" : "DOWN");
                            });
        }
    }

    private static String statusOf(String check, String health) {
        return new JsonPath(health)
                .param("name", check)
                .getString("checks.find { it.name == name }.status");
    }

    /// Both gateways stay alive and not ready until then.
    void assertAliveAndNotReadyUntil(Instant end) {
        Duration rest = Duration.between(Instant.now(), end);
        assertThat(rest).isPositive();
        await().during(rest)
                .atMost(rest.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> isAliveAndNotReady(one) && isAliveAndNotReady(two));
    }

    private static boolean isAliveAndNotReady(GatewayProcess gateway) throws Exception {
        HttpResponse<String> live = gateway.get("/q/health/live");
        assertThat(live.statusCode()).as(live.body()).isEqualTo(200);
        assertThat(gateway.get("/q/health/ready").statusCode()).isEqualTo(503);
        return true;
    }

    /// Waits for the run's end, and proves that each line is in one terminal state and that there
    /// is a report.
    ///
    /// @return the state in which it ended
    String awaitEnd(UUID run, int lines) throws Exception {
        await().atMost(Duration.ofMinutes(1)).until(() -> view(run).get("endedAt") != null);
        JsonPath view = view(run);
        int open = view.getInt("counts.PENDING") + view.getInt("counts.DISPATCHED");
        assertThat(open).isZero();
        int sum =
                view.<String, Integer>getMap("counts").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        assertThat(sum).isEqualTo(lines).isEqualTo(view.getInt("submitted"));
        assertThat(
                        number(
                                "SELECT count(*) FROM ledger WHERE ended_at IS NOT NULL AND run_id = '%s'"
                                        .formatted(run)))
                .isEqualTo(lines);
        assertThat(two.get("/runs/" + run + "/report.pdf").statusCode()).isEqualTo(200);
        return view.getString("state");
    }

    JsonPath view(UUID run) throws Exception {
        return new JsonPath(two.get("/runs/" + run).body());
    }

    /// What the database itself says.
    int number(String sql) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
