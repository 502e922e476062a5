package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.UrlTask;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class RunsTest extends AnsweredGateway {

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
                        "{INVALID=1, DUPLICATE=1, PENDING=0, DISPATCHED=0, SCORED=2, FAILED=1,"
                                + " BLOCKED=1, EXPIRED=0, CANCELLED=0}");
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

    @Test
    void theListOfRunsIsReadByThePageWhileNewOnesCome() {
        String name = "listed-" + UUID.randomUUID();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.addFirst(submit(name));
        }
        JsonPath first = given().get("/runs?limit=2&name=" + name).jsonPath();
        submit(name);
        JsonPath rest =
                given().get(
                                "/runs?limit=2&name="
                                        + name
                                        + "&cursor="
                                        + first.getString("nextCursor"))
                        .jsonPath();

        assertThat(first.getList("items.id")).isEqualTo(ids.subList(0, 2));
        assertThat(rest.getList("items.id")).isEqualTo(ids.subList(2, 3));
        assertThat(rest.getString("nextCursor")).isNull();
        ids.forEach(id -> awaitState(UUID.fromString(id), "COMPLETED"));
        given().get("/runs?state=CANCELLED&name=" + name)
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(0));
        assertThat(
                        given().get("/runs?state=COMPLETED&name=" + name)
                                .jsonPath()
                                .<String>getList("items.id"))
                .containsAll(ids);
    }

    private static String submit(String name) {
        return given().contentType("text/plain")
                .body("https://listed.example/")
                .post("/runs?name=" + name)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    @Test
    void theSameIdempotencyKeyNamesTheSameRunAndAnotherBodyIsRefused() {
        String body = "https://idempotent.example/" + UUID.randomUUID();
        String key = UUID.randomUUID().toString();
        String first =
                given().contentType("text/plain")
                        .header("Idempotency-Key", key)
                        .body(body)
                        .post("/runs")
                        .path("id");

        given().contentType("text/plain")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/runs")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
        given().contentType("text/plain")
                .header("Idempotency-Key", key)
                .body(body + "/other")
                .post("/runs")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:idempotency-key-reused"));
        given().contentType("text/plain")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/runs?name=another")
                .then()
                .statusCode(422);
        given().get("/runs?name=another").then().body("items.size()", equalTo(0));
    }

    @Test
    void aFinishedRunIsExportedExplainedServedInPartsRetriedAndDeleted() {
        UUID id =
                UUID.fromString(
                        given().multiPart("name", "export")
                                .multiPart(
                                        "file",
                                        "seeds.txt",
                                        "https://x.example/=cmd/score-70\nhttps://x.example/fail\n"
                                                .getBytes(UTF_8))
                                .post("/runs")
                                .then()
                                .statusCode(202)
                                .body("name", equalTo("export"))
                                .extract()
                                .path("id"));
        awaitState(id, "COMPLETED");

        String csv = given().accept("text/csv").get("/runs/" + id + "/scores").asString();
        assertThat(csv.lines()).hasSize(2);
        assertThat(csv.lines().skip(1).findFirst().orElseThrow())
                .startsWith("1,https://x.example/=cmd/score-70,")
                .contains(",70.0,MONITOR,");
        String ndjson =
                given().accept("application/x-ndjson").get("/runs/" + id + "/scores").asString();
        assertThat(new JsonPath(ndjson.strip()).getDouble("score")).isEqualTo(70);
        Response parquet =
                given().accept("application/vnd.apache.parquet").get("/runs/" + id + "/scores");
        assertThat(parquet.contentType()).isEqualTo("application/vnd.apache.parquet");
        assertThat(parquet.header("Content-Disposition")).contains(id + "-scores.parquet");
        assertThat(new String(parquet.asByteArray(), 0, 4, UTF_8)).isEqualTo("PAR1");
        given().get("/runs/" + id + "/scores/1")
                .then()
                .statusCode(200)
                .body("result.score.terms[0].name", equalTo("quality"));
        given().get("/runs/" + id + "/scores/9").then().statusCode(404);

        String pdf = "/runs/" + id + "/report.pdf";
        String tag = given().get(pdf).header("ETag");
        given().header("If-None-Match", tag).get(pdf).then().statusCode(304);
        Response part = given().header("Range", "bytes=1-3").get(pdf);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.asString()).isEqualTo("PDF");
        assertThat(part.header("Content-Range"))
                .isEqualTo("bytes 1-3/" + AnsweringSuite.PDF.length);
        given().header("Range", "bytes=9999-")
                .get(pdf)
                .then()
                .statusCode(416)
                .contentType("application/problem+json")
                .header("Content-Range", "bytes */" + AnsweringSuite.PDF.length);
        assertThat(given().header("Range", "bytes=-4").get(pdf).asString()).isEqualTo("test");
        given().header("Range", "bytes=1-3")
                .header("If-Range", tag)
                .get(pdf)
                .then()
                .statusCode(206);
        given().header("Range", "bytes=1-3")
                .header("If-Range", "\"of another report\"")
                .get(pdf)
                .then()
                .statusCode(200);

        UUID retry =
                UUID.fromString(
                        given().post("/runs/" + id + "/retry")
                                .then()
                                .statusCode(202)
                                .extract()
                                .path("id"));
        awaitState(retry, "COMPLETED");
        assertThat(suite.tasksOf(retry))
                .extracting(UrlTask::url)
                .containsExactly("https://x.example/fail");
        given().delete("/runs/" + id).then().statusCode(204);
        given().get("/runs/" + id).then().statusCode(404);
    }

    @Test
    void submissionsWithOneKeyAtTheSameTimeAreOneRun() throws Exception {
        String key = UUID.randomUUID().toString();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        try (ExecutorService together = Executors.newFixedThreadPool(4)) {
            List<Future<?>> posts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                posts.add(
                        together.submit(
                                () ->
                                        ids.add(
                                                given().contentType("text/plain")
                                                        .header("Idempotency-Key", key)
                                                        .body("https://together.example/" + key)
                                                        .post("/runs")
                                                        .then()
                                                        .statusCode(202)
                                                        .extract()
                                                        .path("id"))));
            }
            for (Future<?> post : posts) {
                post.get(1, TimeUnit.MINUTES);
            }
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void anInterimReportThatCannotBeRenderedSaysSo() {
        suite.ignore(task -> task.url().contains("interim.example"));
        UUID id =
                UUID.fromString(
                        given().contentType("text/plain")
                                .body("https://interim.example/")
                                .post("/runs")
                                .path("id"));

        given().get("/runs/" + id + "/report.pdf?interim=true")
                .then()
                .statusCode(503)
                .body("type", equalTo("urn:jarvix:problem:renderer-away"));
        given().delete("/runs/" + id).then().statusCode(409);
        given().post("/runs/" + id + "/cancel").then().statusCode(202);
    }
}
