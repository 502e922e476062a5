package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways as processes on one broker and one database. The large list is nearly as large as
/// the heap: who held it, as bytes or as lines, would run out of memory.
class TwoGatewaysIT {

    private static final int LARGE = 100_000;
    private static final int MEDIUM = 5_000;
    private static final int MAX_OUTSTANDING = 400;
    private static final String HEAP = "96m";

    /// Makes each line longer than 500 characters, and the list more than half a heap.
    private static final String LONG_QUERY = "?session=" + "x".repeat(500);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void aLargeRunASmallRunBehindItAndACrashEndWithEveryLineAccountedFor() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"))) {
            TopicCreation.createMissing(broker.bootstrapServers(), 4, (short) 1, 30_000);
            try (AnsweringSuite suite = new AnsweringSuite(broker.bootstrapServers());
                    GatewayProcess one =
                            GatewayProcess.start(
                                    folder.resolve("one.log"), broker, database, HEAP);
                    GatewayProcess two =
                            GatewayProcess.start(
                                    folder.resolve("two.log"), broker, database, HEAP)) {
                UUID large =
                        id(
                                one.postText(
                                                "/runs?name=large",
                                                new SeedLines(LARGE, 200, LONG_QUERY))
                                        .body());
                suite.holdAfter(large, 5_000);
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofSeconds(2))
                        .until(() -> suite.held() >= 300);

                UUID small =
                        id(
                                two.postText("/runs?name=small", lines("https://small.example/", 5))
                                        .body());
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> state(two, small).equals("COMPLETED"));
                assertThat(state(two, large)).isEqualTo("RUNNING");
                assertThat(outstanding(database)).isBetween(300, MAX_OUTSTANDING);

                suite.release();
                one.kill();
                UUID medium =
                        id(two.postText("/runs?name=medium", new SeedLines(MEDIUM, 50)).body());
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(200))
                        .until(
                                () -> {
                                    assertThat(outstanding(database))
                                            .isLessThanOrEqualTo(MAX_OUTSTANDING);
                                    return state(two, medium).equals("COMPLETED");
                                });
                assertThat(count(two, medium, "SCORED")).isEqualTo(MEDIUM);
                assertThat(suite.reportOf(medium).coverage().scored()).isEqualTo(MEDIUM);
                assertThat(two.post("/runs/" + large + "/cancel").statusCode()).isEqualTo(202);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> state(two, large).equals("CANCELLED"));

                assertThat(count(two, large, "SCORED")).isGreaterThan(5_000);
                assertThat(count(two, large, "SCORED") + count(two, large, "CANCELLED"))
                        .isEqualTo(LARGE);
                assertThat(suite.reportOf(large).coverage().submitted()).isEqualTo(LARGE);
            }
        }
    }

    private static ByteArrayInputStream lines(String prefix, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(prefix).append(i).append('\n');
        }
        return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static UUID id(String body) {
        return UUID.fromString(new JsonPath(body).getString("id"));
    }

    private static String state(GatewayProcess gateway, UUID run) throws Exception {
        return new JsonPath(gateway.get("/runs/" + run).body()).getString("state");
    }

    private static int count(GatewayProcess gateway, UUID run, String state) throws Exception {
        return new JsonPath(gateway.get("/runs/" + run).body()).getInt("counts." + state);
    }

    private static int outstanding(EmbeddedDatabase database) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(dispatched) FROM run")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
