package io.jarvix.standalone;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A running suite as its users reach it: over HTTP, and by nothing else.
final class SuiteApi {

    private static final Set<String> ENDED = Set.of("COMPLETED", "CANCELLED", "EXPIRED");

    private final String base;

    SuiteApi(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    RequestSpecification request() {
        return given().baseUri(base);
    }

    /// Waits until the suite is ready, or until its process has ended, which fails.
    void awaitReady(JarProcess process) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(e -> e instanceof IOException)
                .until(
                        () -> {
                            if (!process.isAlive()) {
                                throw new AssertionError("ended early:\n" + process.output());
                            }
                            return isReady();
                        });
    }

    private boolean isReady() {
        try {
            return request().get("/q/health/ready").statusCode() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    String submit(Path seeds, String name) throws IOException {
        return request()
                .contentType("text/plain; charset=utf-8")
                .queryParam("name", name)
                .body(Files.readAllBytes(seeds))
                .post("/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    RunStatus status(String runId) {
        try {
            return RunStatus.of(
                    new com.fasterxml.jackson.databind.ObjectMapper()
                            .readTree(request().get("/runs/" + runId).asString()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    RunStatus awaitEnd(String runId, Duration atMost) {
        return await().atMost(atMost)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> status(runId), status -> ENDED.contains(status.state()));
    }

    /// The whole ledger, page after page.
    List<Map<String, Object>> ledger(String runId) {
        return request()
                .queryParam("limit", 1000)
                .get("/runs/" + runId + "/urls")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    Response get(String path) {
        return request().get(path);
    }
}
