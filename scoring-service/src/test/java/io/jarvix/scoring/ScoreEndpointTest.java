package io.jarvix.scoring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class ScoreEndpointTest {

    private static final String PAGE =
            "<!doctype html><html lang=en><title>Lamps of all kinds</title><h1>Lamps</h1>"
                    + "<a href='/a'>one</a><p>Add to cart";

    @Test
    void anHtmlBodyIsScoredAndExplained() {
        given().contentType("text/html; charset=utf-8")
                .body(PAGE)
                .queryParam("url", "https://shop.example/lamps")
                .post("/score")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("signals.title", equalTo("Lamps of all kinds"))
                .body("signals.internalLinks", equalTo(1))
                .body("score.rulesVersion", equalTo("2026.1"))
                .body(
                        "score.terms.name",
                        equalTo(java.util.List.of("quality", "buy", "depth", "errors")))
                .body("score.evidence.phrase", hasItem("add to cart"))
                .body("score.deductions.rule", hasItem("description-missing"))
                .body("score.reason", containsString("quality"))
                .body("score.nextStep", notNullValue());
    }

    @Test
    void aSnippetNeedsNoUrlAndNoDocument() {
        given().contentType("text/plain")
                .body("<p>Buy now!")
                .post("/score")
                .then()
                .statusCode(200)
                .body("signals.mediaType", equalTo("text/html"))
                .body("score.evidence", hasSize(1));
    }

    @Test
    void jsonIsTheSameAsHtml() {
        String json = "{\"url\": \"https://shop.example/lamps\", \"html\": \"" + PAGE + "\"}";
        String asJson =
                given().contentType("application/json").body(json).post("/score").asString();
        String asHtml =
                given().contentType("text/html; charset=utf-8")
                        .body(PAGE)
                        .queryParam("url", "https://shop.example/lamps")
                        .post("/score")
                        .asString();
        assertThat(asJson).isEqualTo(asHtml);
    }

    @Test
    void whatCurlSendsByDefaultIsTakenAsAPage() throws Exception {
        HttpResponse<String> response = send("application/x-www-form-urlencoded", PAGE);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"title\":\"Lamps of all kinds\"");
    }

    @Test
    void anotherMediaTypeIsRefusedByItsName() throws Exception {
        HttpResponse<String> response = send("image/png", "x");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(response.body())
                .contains("urn:jarvix:problem:unsupported-media-type", "image/png");
    }

    private static HttpResponse<String> send(String contentType, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + RestAssured.port + "/score"))
                            .header("Content-Type", contentType)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void errorsAreProblemsThatSayWhatIsWrong() {
        problem(given().contentType("text/html").post("/score").then(), 400, "empty-body");
        problem(
                given().contentType("application/json").body("{\"html\": 1,").post("/score").then(),
                400,
                "invalid-json");
        problem(
                        given().contentType("application/json")
                                .body("{\"page\": \"x\"}")
                                .post("/score")
                                .then(),
                        400,
                        "invalid-json")
                .body("detail", containsString("page"));
        problem(
                        given().contentType("text/html")
                                .queryParam("url", "ftp://x")
                                .body("x")
                                .post("/score")
                                .then(),
                        400,
                        "invalid-url")
                .body("field", equalTo("url"));
        problem(
                        given().contentType("text/html")
                                .body(new byte[5 * 1024 * 1024 + 1])
                                .post("/score")
                                .then(),
                        413,
                        "body-too-large")
                .body("detail", containsString("5242880"));
    }

    @Test
    void theRulesAreThereAsJsonAndAsTheFileItself() {
        given().get("/rules")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("version", equalTo("2026.1"))
                .body("weights.quality", equalTo(0.4f))
                .body("phrases.buy.es", hasItem("añadir al carrito"));
        String yaml = given().accept("application/yaml").get("/rules").asString();
        assertThat(RulesFile.parse(yaml)).isEqualTo(RulesFile.builtIn());
    }

    @Test
    void theApiIsDocumentedWithExamples() {
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/score'.post.requestBody.content.'text/html'.examples.page.value",
                        startsWith("<!doctype html>"))
                .body("paths.'/rules'.get.summary", notNullValue());
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void metricsAndHealthAreThere() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jarvix_scoring_pages_total"))
                .body(containsString("jarvix_scoring_page_seconds"))
                .body(containsString("jarvix_scoring_dead_letters_total"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    private static ValidatableResponse problem(
            ValidatableResponse response, int status, String type) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", equalTo("urn:jarvix:problem:" + type))
                .body("title", notNullValue())
                .body("detail", notNullValue());
    }
}
