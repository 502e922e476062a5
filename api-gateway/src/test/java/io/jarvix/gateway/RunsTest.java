package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.jarvix.contracts.ReportRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
@SuppressWarnings("NullAway.Init")
class RunsTest {

    private AnsweringSuite suite;

    @BeforeEach
    void startSuite() {
        suite =
                new AnsweringSuite(
                        ConfigProvider.getConfig()
                                .getValue("kafka.bootstrap.servers", String.class));
    }

    @AfterEach
    void stopSuite() {
        suite.close();
    }

    @Test
    void aRunOfTextEndsWithEachLineInOneStateAndAReport() {
        Response accepted =
                given().contentType("text/plain")
                        .body(
                                """
                                # companies
                                https://a.example/score-80
                                https://a.example/score-60

                                https://b.example/fail
                                https://b.example/block
                                not a url
                                https://A.example/score-80#again
                                """)
                        .post("/runs?name=spring");

        accepted.then()
                .statusCode(202)
                .header("Location", startsWith("http"))
                .body("submitted", equalTo(6))
                .body("invalid[0].line", equalTo(7))
                .body("duplicates[0].line", equalTo(8))
                .body("duplicates[0].firstLine", equalTo(2));
        UUID id = UUID.fromString(accepted.path("id"));
        JsonPath run = awaitState(id, "COMPLETED");
        assertThat(run.getMap("counts").toString())
                .isEqualTo(
                        "{INVALID=1, DUPLICATE=1, PENDING=0, DISPATCHED=0, SCORED=2, FAILED=1, BLOCKED=1, EXPIRED=0,"
                                + " CANCELLED=0}");
        given().get("/runs/" + id + "/scores")
                .then()
                .statusCode(200)
                .body("items.score", equalTo(List.of(80f, 60f)));
        given().get("/runs/" + id + "/urls?state=FAILED")
                .then()
                .body("items[0].kind", equalTo("HTTP_CLIENT_ERROR"));
        assertThat(given().get("/runs/" + id + "/report.pdf").asByteArray())
                .isEqualTo(AnsweringSuite.PDF);
        ReportRequest report = suite.reportOf(id);
        assertThat(report.coverage().submitted()).isEqualTo(6);
        assertThat(requireNonNull(report.statistics()).mean()).isEqualTo(70);
        assertThat(report.histogram()).containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 1, 0);
        assertThat(report.top())
                .extracting(ReportRequest.RankedPage::ordinal)
                .containsExactly(2, 3);
    }

    @Test
    void aRunOfJsonTakesItsOptionsAlong() {
        UUID id =
                UUID.fromString(
                        given().contentType("application/json")
                                .body(
                                        """
                                        {"seeds": ["https://options.example/a"], "name": "o",
                                         "options": {"minDelayMillis": 7, "language": "es"}}""")
                                .post("/runs")
                                .then()
                                .statusCode(202)
                                .extract()
                                .path("id"));

        awaitState(id, "COMPLETED");
        assertThat(suite.tasksOf(id)).hasSize(1);
        assertThat(suite.tasksOf(id).getFirst().options().minDelayMillis()).isEqualTo(7);
        assertThat(suite.reportOf(id).language()).isEqualTo("es");
    }

    @Test
    void aRunWithoutAnyUrlIsReportedAtOnce() {
        UUID id =
                UUID.fromString(
                        given().contentType("text/plain")
                                .body("nothing here")
                                .post("/runs")
                                .path("id"));

        awaitState(id, "COMPLETED");
        assertThat(suite.reportOf(id).coverage().invalid()).isEqualTo(1);
    }

    @Test
    void aCancelledRunStillGetsAReport() {
        suite.ignore(task -> task.url().contains("slow.example"));
        UUID id =
                UUID.fromString(
                        given().contentType("text/plain")
                                .body("https://slow.example/1\nhttps://slow.example/2")
                                .post("/runs")
                                .path("id"));
        given().get("/runs/" + id + "/report.pdf")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:report-not-ready"));
        given().post("/runs/" + id + "/cancel").then().statusCode(202);

        JsonPath run = awaitState(id, "CANCELLED");
        assertThat(run.getInt("counts.CANCELLED")).isEqualTo(2);
        given().get("/runs/" + id + "/report.pdf").then().statusCode(200);
    }

    @Test
    void aRefusedSubmissionSaysWhyAndLeavesNothing() {
        given().contentType("application/json")
                .body("{\"name\": \"refused\", \"seeds\": [\"https://a.example/\", 7]}")
                .post("/runs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("seeds[1]"));
        given().contentType("application/json")
                .body("{\"seeds\": [\"https://a.example/\"")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:jarvix:problem:malformed-json"));

        given().get("/runs?name=refused").then().statusCode(200).body("items.size()", equalTo(0));
        given().get("/runs/nonsense")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:jarvix:problem:run-not-found"));
    }

    private static JsonPath awaitState(UUID id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> given().get("/runs/" + id).path("state").equals(state));
        return given().get("/runs/" + id).jsonPath();
    }
}
