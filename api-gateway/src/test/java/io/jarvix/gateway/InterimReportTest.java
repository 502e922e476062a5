package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.RunEnd;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The report of a run that goes on, whose URLs nobody answers here.
@QuarkusTest
@TestProfile(InterimReportTest.Impatient.class)
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = PdfServer.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init")
class InterimReportTest {

    /// The same rules with shorter times.
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "io.jarvix.gateway.PdfClient/render/Timeout/value", "1",
                    "io.jarvix.gateway.PdfClient/render/CircuitBreaker/delay", "1000");
        }
    }

    /// After so many good calls the circuit breaker has forgotten the test before.
    private static final int REMEMBERED_CALLS = 6;

    private String run;

    @BeforeEach
    void submit() {
        PdfServer.answersWell();
        run =
                given().contentType("text/plain")
                        .body("https://open.example/1\nhttps://open.example/2\n")
                        .post("/runs?name=interim")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> interim().statusCode() == 200);
        for (int call = 1; call < REMEMBERED_CALLS; call++) {
            assertThat(interim().statusCode()).isEqualTo(200);
        }
    }

    @AfterEach
    void cancel() {
        PdfServer.answersWell();
        given().post("/runs/" + run + "/cancel");
    }

    @Test
    void whatThereIsIsRenderedNowAndTheFinalReportIsToldToBeLater() {
        Response report = interim();

        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.contentType()).isEqualTo("application/pdf");
        assertThat(report.header("Cache-Control")).isEqualTo("no-store");
        assertThat(report.asByteArray()).isEqualTo(PdfServer.PDF);
        ReportRequest asked = PdfServer.requests().getLast();
        assertThat(asked.runId()).hasToString(run);
        assertThat(asked.end()).isEqualTo(RunEnd.INTERIM);
        assertThat(asked.coverage().open()).isEqualTo(2);
        given().get("/runs/" + run + "/report.pdf")
                .then()
                .statusCode(409)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:report-not-ready"));
    }

    @Test
    void aRendererThatStumblesIsAskedAgain() {
        int before = PdfServer.requests().size();
        PdfServer.answersFirst(503, 500);

        assertThat(interim().statusCode()).isEqualTo(200);
        assertThat(PdfServer.requests()).hasSize(before + 3);
    }

    @Test
    void aRendererThatRefusesIsNotAskedAgain() {
        int before = PdfServer.requests().size();
        PdfServer.answersFirst(413);

        interim()
                .then()
                .statusCode(502)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:renderer-refused"));
        assertThat(PdfServer.requests()).hasSize(before + 1);
    }

    @Test
    void aRendererThatTakesTooLongIsGivenUpOnce() {
        int before = PdfServer.requests().size();
        PdfServer.stalls();

        interim()
                .then()
                .statusCode(504)
                .header("Retry-After", "5")
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:renderer-slow"));
        assertThat(PdfServer.requests()).hasSize(before + 1);
    }

    @Test
    void aRendererThatIsAwayIsLeftAloneForAWhileAndAskedAgainAfterwards() {
        PdfServer.isBroken();
        interim().then().statusCode(503).header("Retry-After", "5");
        await().atMost(Duration.ofSeconds(30)).until(this::isRefusedWithoutACall);

        PdfServer.answersWell();
        await().atMost(Duration.ofSeconds(30)).until(() -> interim().statusCode() == 200);
    }

    private boolean isRefusedWithoutACall() {
        int before = PdfServer.requests().size();
        Response answer = interim();
        answer.then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("type", equalTo("urn:jarvix:problem:renderer-away"));
        return answer.path("detail").toString().contains("left alone")
                && PdfServer.requests().size() == before;
    }

    private Response interim() {
        return given().get("/runs/" + run + "/report.pdf?interim=true");
    }
}
