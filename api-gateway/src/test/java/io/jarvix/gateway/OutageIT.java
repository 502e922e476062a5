package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// An outage beneath two gateways: nothing is lost, readiness tells the truth, liveness asks for no
/// restart, and all goes on by itself.
@SuppressWarnings("NullAway.Init")
class OutageIT {

    /// Beyond the time-outs of producers, consumers and sessions.
    private static final Duration BROKER_OUTAGE = Duration.ofMinutes(1);

    /// Beyond the time that a request waits for a connection.
    private static final Duration DATABASE_OUTAGE = Duration.ofSeconds(12);

    private static final String BROKER = "gateway: broker";
    private static final String DATABASE = "gateway: database";
    private static final int LINES = 3_000;
    private static final String SECRET = "a-secret-that-is-in-no-log";
    private static final String UNTOLD =
            "SELECT count(*) FROM webhook WHERE state IN ('WAITING', 'SENDING')";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static TwoGateways gateways;

    @BeforeAll
    static void start() throws Exception {
        gateways =
                new TwoGateways(
                        folder,
                        Map.of(
                                "JARVIX_GATEWAY_WEBHOOK_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8",
                                "JARVIX_GATEWAY_WEBHOOK_ATTEMPTS", "8",
                                "JARVIX_GATEWAY_WEBHOOK_WINDOW", "2M"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateways.close();
    }

    @Test
    void aBrokerThatIsAwayForAMinuteIsWaitedFor() throws Exception {
        int reports = gateways.suite.reportRequests();
        UUID before = gateways.runUnderWay("broker-before", LINES);
        UUID cancelled = TwoGateways.submit(gateways.two, "broker-cancelled", LINES);

        Instant stopped = Instant.now();
        gateways.stopBroker();
        gateways.awaitReadiness(false, BROKER);
        UUID meanwhile = TwoGateways.submit(gateways.two, "broker-meanwhile", 500);
        assertThat(gateways.one.post("/runs/" + cancelled + "/cancel").statusCode()).isEqualTo(202);
        gateways.assertAliveAndNotReadyUntil(stopped.plus(BROKER_OUTAGE));
        gateways.startBroker();
        gateways.suite.release();

        gateways.awaitReadiness(true, BROKER);
        assertThat(gateways.awaitEnd(before, LINES)).isEqualTo("COMPLETED");
        assertThat(gateways.awaitEnd(meanwhile, 500)).isEqualTo("COMPLETED");
        assertThat(gateways.awaitEnd(cancelled, LINES)).isEqualTo("CANCELLED");
        assertThat(gateways.suite.reportRequests() - reports).isEqualTo(3);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForAndCallersAreToldToComeBack() throws Exception {
        int reports = gateways.suite.reportRequests();
        UUID before = gateways.runUnderWay("database-before", LINES);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor();
                PausingLines halfSent = new PausingLines(new SeedLines(5_000, 50), 30_000)) {
            Callable<HttpResponse<String>> sending =
                    () -> gateways.two.postText("/runs?name=database-refused", halfSent);
            Future<HttpResponse<String>> answer = caller.submit(sending);
            halfSent.awaitPause();

            gateways.stopDatabase();
            gateways.suite.release();
            gateways.awaitReadiness(false, DATABASE);
            assertEveryAnswerSaysWhenToComeBack(gateways.one, before);
            assertEveryAnswerSaysWhenToComeBack(gateways.two, before);
            halfSent.goOn();
            assertSaysWhenToComeBack(answer.get(1, TimeUnit.MINUTES));
        }
        gateways.assertAliveAndNotReadyUntil(Instant.now().plus(DATABASE_OUTAGE));
        gateways.startDatabase();

        gateways.awaitReadiness(true, DATABASE);
        assertThat(gateways.number("SELECT count(*) FROM run WHERE name = 'database-refused'"))
                .isZero();
        HttpResponse<String> again = gateways.one.send(keyedSubmission(gateways.one));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(gateways.awaitEnd(TwoGateways.id(again), 1)).isEqualTo("COMPLETED");
        assertThat(gateways.awaitEnd(before, LINES)).isEqualTo("COMPLETED");
        assertThat(gateways.suite.reportRequests() - reports).isEqualTo(2);
    }

    @Test
    void anEventThatWasCommittedBeforeACrashIsToldAfterItAndEachRunIsToldOnce() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver()) {
            for (int i = 0; i < 10; i++) {
                submitWithWebhook(gateways.both().get(i % 2), receiver.url("/each"));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    gateways.number(UNTOLD) == 0
                                            && receiver.calls("/each").size() > 0);
            assertThat(receiver.calls("/each"))
                    .hasSize(10)
                    .extracting(WebhookReceiver.Call::id)
                    .doesNotHaveDuplicates();

            receiver.answer(500);
            UUID run = submitWithWebhook(gateways.one, receiver.url("/crash"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateways.view(run).get("webhook.error") != null);
            gateways.crashAndRestart(() -> receiver.answer(204));

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> gateways.view(run).getString("webhook.state").equals("DELIVERED"));
            assertThat(receiver.calls("/crash"))
                    .hasSizeGreaterThan(1)
                    .extracting(WebhookReceiver.Call::id)
                    .containsOnly(gateways.view(run).getString("webhook.eventId"));
            assertThat(gateways.logs()).doesNotContain(SECRET);
        }
    }

    private static UUID submitWithWebhook(GatewayProcess gateway, String url) throws Exception {
        HttpResponse<String> answer =
                gateway.send(
                        gateway.request("/runs?webhook=" + url)
                                .header("Content-Type", "text/plain")
                                .header("Webhook-Secret", SECRET)
                                .POST(HttpRequest.BodyPublishers.ofString("https://a.example/"))
                                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return TwoGateways.id(answer);
    }

    private static void assertEveryAnswerSaysWhenToComeBack(GatewayProcess gateway, UUID run)
            throws Exception {
        assertSaysWhenToComeBack(gateway.get("/runs"));
        for (String part :
                List.of("", "/urls", "/events", "/scores", "/scores/1", "/top", "/report.pdf")) {
            assertSaysWhenToComeBack(gateway.get("/runs/" + run + part));
        }
        assertSaysWhenToComeBack(gateway.post("/runs/" + run + "/cancel"));
        assertSaysWhenToComeBack(gateway.post("/runs/" + run + "/retry"));
        assertSaysWhenToComeBack(gateway.send(gateway.request("/runs/" + run).DELETE().build()));
        assertSaysWhenToComeBack(gateway.send(keyedSubmission(gateway)));
    }

    private static HttpRequest keyedSubmission(GatewayProcess gateway) {
        return gateway.request("/runs?name=database-refused")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "database-refused")
                .POST(HttpRequest.BodyPublishers.ofString("https://refused.example/"))
                .build();
    }

    private static void assertSaysWhenToComeBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer + answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/problem+json");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(new JsonPath(answer.body()).getString("type"))
                .isEqualTo("urn:jarvix:problem:database-away");
        assertThat(answer.body()).doesNotContain("Exception");
    }
}
