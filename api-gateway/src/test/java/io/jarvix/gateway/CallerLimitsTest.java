package io.jarvix.gateway;

import static io.jarvix.gateway.GuardedGateway.key;
import static io.jarvix.gateway.GuardedGateway.submit;
import static io.jarvix.gateway.GuardedGateway.with;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/// Each limit over HTTP: beyond it there is a clear answer, and another key is not touched.
@QuarkusTest
@TestProfile(GuardedGateway.class)
@WithTestResource(value = EmbeddedServers.class, scope = TestResourceScope.MATCHING_RESOURCES)
@SuppressWarnings("NullAway.Init")
class CallerLimitsTest {

    @TestHTTPResource("/runs")
    URL runs;

    @Inject Intake intake;

    @Test
    void requestsBeyondTheRateOfAKeyAreToldWhenToComeBack() throws Exception {
        String eager = key("eager", "read");
        String other = key("calm", "read");

        Response refused = with(eager).get("/runs");
        for (int i = 0; i < 3 * GuardedGateway.REQUESTS && refused.statusCode() == 200; i++) {
            refused = with(eager).get("/runs");
        }

        assertRefused(refused, 429, "too-many-requests", GuardedGateway.REQUESTS);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(with(other).get("/runs").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> with(eager).get("/runs").statusCode() == 200);
    }

    @Test
    void openRunsBeyondThoseOfAKeyAreRefusedUntilOneIsOver() throws Exception {
        String busy = key("busy", "submit");
        String other = key("idle", "submit");
        List<String> open = new ArrayList<>();
        for (int i = 0; i < GuardedGateway.OPEN_RUNS; i++) {
            open.add(
                    submit(busy, "https://a.example/").then().statusCode(202).extract().path("id"));
        }

        Response refused = submit(busy, "https://a.example/");

        assertRefused(refused, 429, "too-many-runs", GuardedGateway.OPEN_RUNS);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
        assertThat(submit(other, "https://a.example/").statusCode()).isEqualTo(202);
        with(busy).get("/runs").then().body("items.size()", org.hamcrest.Matchers.equalTo(2));
        with(busy).post("/runs/" + open.getFirst() + "/cancel").then().statusCode(202);
        assertThat(submit(busy, "https://a.example/").statusCode()).isEqualTo(202);
    }

    @Test
    void aRetryIsAnOpenRunToo() throws Exception {
        String busy = key("retrying", "submit");
        String broker =
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (AnsweringSuite suite = new AnsweringSuite(broker)) {
            suite.ignore(task -> task.url().endsWith("/held"));
            String failed =
                    submit(busy, "https://a.example/fail")
                            .then()
                            .statusCode(202)
                            .extract()
                            .path("id");
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    with(busy)
                                            .get("/runs/" + failed)
                                            .path("state")
                                            .equals("COMPLETED"));
            for (int i = 0; i < GuardedGateway.OPEN_RUNS; i++) {
                submit(busy, "https://a.example/held").then().statusCode(202);
            }

            Response refused = with(busy).post("/runs/" + failed + "/retry");

            assertRefused(refused, 429, "too-many-runs", GuardedGateway.OPEN_RUNS);
        }
    }

    @Test
    void aSlowSenderDoesNotKeepOthersOut() throws Exception {
        String slow = key("slow", "submit");
        String other = key("quick", "submit");
        List<PausingLines> bodies = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        HttpClient http = HttpClient.newHttpClient();
        try {
            for (int i = 0; i < GuardedGateway.SUBMISSIONS; i++) {
                PausingLines body = new PausingLines(new SeedLines(900, 5), 20_000);
                bodies.add(body);
                answers.add(
                        http.sendAsync(
                                submission(slow, body), HttpResponse.BodyHandlers.ofString()));
            }
            // Not by submitting: what is submitted before both are read takes the place of one.
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> intake.submissionsBeingRead() == GuardedGateway.SUBMISSIONS);

            Response refused = submit(slow, "https://a.example/");
            assertRefused(refused, 429, "too-many-submissions", GuardedGateway.SUBMISSIONS);
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(submit(other, "https://a.example/").statusCode()).isEqualTo(202);
            bodies.forEach(PausingLines::goOn);
            assertThat(answers)
                    .allSatisfy(
                            answer ->
                                    assertThat(answer.get(1, MINUTES).statusCode()).isEqualTo(202));
        } finally {
            http.shutdownNow();
            bodies.forEach(PausingLines::goOn);
        }
    }

    @Test
    void aBodyOrAListThatIsTooLargeIsRefusedAndLeavesNothing() throws Exception {
        String key = key("large", "submit");

        Response body = submit(key, "x".repeat(GuardedGateway.BODY + 1));
        Response list = submit(key, "https://a.example/\n".repeat(GuardedGateway.LINES + 1));

        assertRefused(body, 413, "body-too-large", GuardedGateway.BODY);
        assertRefused(list, 413, "too-many-lines", GuardedGateway.LINES);
        with(key).get("/runs").then().body("items.size()", org.hamcrest.Matchers.equalTo(0));
    }

    private HttpRequest submission(String key, PausingLines body) {
        return HttpRequest.newBuilder(URI.create(runs.toString()))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                .build();
    }

    private static void assertRefused(Response answer, int status, String type, int limit) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.<String>path("type")).isEqualTo("urn:jarvix:problem:" + type);
        assertThat(answer.<Integer>path("limit")).isEqualTo(limit);
    }
}
