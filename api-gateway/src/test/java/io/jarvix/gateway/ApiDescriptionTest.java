package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class ApiDescriptionTest {

    @Test
    void theApiDescribesEachOperationWithExamplesAndProblems() {
        JsonPath api =
                given().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = api.getMap("paths");
        assertThat(paths).containsKeys("/runs", "/runs/{id}/diff", "/runs/{id}/report.pdf");
        SoftAssertions described = new SoftAssertions();
        paths.forEach(
                (path, operations) ->
                        operations.forEach(
                                (method, operation) -> {
                                    if (operation != null && !path.startsWith("/q/")) {
                                        check(method + " " + path, operation, described);
                                    }
                                }));
        described.assertAll();
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    /// Parquet has no example: it is no text.
    @SuppressWarnings("unchecked")
    private static void check(
            String name, Map<String, Object> operation, SoftAssertions described) {
        described.assertThat((String) operation.get("summary")).as(name).isNotBlank();
        Map<String, Object> body = (Map<String, Object>) operation.get("requestBody");
        if (body != null) {
            checkContent(name + " request", body, described);
        }
        Map<String, Map<String, Object>> responses =
                (Map<String, Map<String, Object>>)
                        Objects.requireNonNull(operation.get("responses"), name);
        responses.forEach(
                (status, response) -> checkContent(name + " " + status, response, described));
        described
                .assertThat(responses.keySet())
                .as(name)
                .anyMatch(status -> status.startsWith("2"));
        described.assertThat(responses.keySet()).as(name).contains("401", "429");
    }

    @SuppressWarnings("unchecked")
    private static void checkContent(
            String name, Map<String, Object> holder, SoftAssertions described) {
        Map<String, Map<String, Object>> content =
                (Map<String, Map<String, Object>>) holder.get("content");
        if (content != null) {
            content.forEach(
                    (type, media) -> {
                        if (!type.contains("parquet")) {
                            described
                                    .assertThat(media)
                                    .as(name + " " + type)
                                    .containsKey("examples");
                        }
                    });
        }
    }

    /// RFC 9110, section 12.5.1: the client's weights decide, not the order of its list.
    @Test
    void theFormOfTheScoresIsTheOneThatTheClientLikesBest() {
        String id =
                given().contentType("text/plain")
                        .body("https://forms.example/")
                        .post("/runs")
                        .path("id");

        assertThat(formFor(id, "*/*")).isEqualTo("application/json");
        assertThat(formFor(id, "text/html,application/xml;q=0.9,*/*;q=0.8"))
                .isEqualTo("application/json");
        assertThat(formFor(id, "application/json;q=0.5, text/csv"))
                .isEqualTo("text/csv;charset=utf-8");
        assertThat(formFor(id, "application/vnd.apache.parquet, application/json;q=0.1"))
                .isEqualTo("application/vnd.apache.parquet");
        assertThat(formFor(id, "text/html, application/x-ndjson;q=0.2"))
                .isEqualTo("application/x-ndjson");
        given().header("Accept", "image/png")
                .get("/runs/" + id + "/scores")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    private static String formFor(String run, String accept) {
        return given().header("Accept", accept)
                .get("/runs/" + run + "/scores")
                .then()
                .statusCode(200)
                .extract()
                .contentType();
    }
}
