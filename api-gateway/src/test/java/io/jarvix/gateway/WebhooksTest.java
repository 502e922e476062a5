package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebhooksTest.QuickRetries.class)
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init")
class WebhooksTest {

    private static final String KEY = "c2l4dGVlbiBieXRlcyBvciBtb3Jl";

    /// Three attempts within a second and a half, to this machine only.
    public static final class QuickRetries implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "jarvix.gateway.public-url", "https://jarvix.example",
                    "jarvix.gateway.webhook.allowed-private-cidrs", "127.0.0.0/8",
                    "jarvix.gateway.webhook.attempts", "3",
                    "jarvix.gateway.webhook.window", "1.5S");
        }
    }

    @Inject AgroalDataSource source;

    private AnsweringSuite suite;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        suite =
                new AnsweringSuite(
                        ConfigProvider.getConfig()
                                .getValue("kafka.bootstrap.servers", String.class));
        receiver = new WebhookReceiver();
    }

    @AfterEach
    void stop() {
        suite.close();
        receiver.close();
    }

    @Test
    void theEndOfARunIsToldOnceAndSigned() throws Exception {
        String run = submit("/signed", "whsec_" + KEY);

        JsonPath webhook = awaitWebhook(run, "DELIVERED");
        assertThat(receiver.calls("/signed")).hasSize(1);
        WebhookReceiver.Call call = receiver.calls("/signed").getFirst();
        assertThat(call.header("webhook-signature")).isEqualTo("v1," + signature(call));
        assertThat(call.id()).isEqualTo(webhook.getString("webhook.eventId"));
        JsonPath event = new JsonPath(new String(call.body(), UTF_8));
        assertThat(event.getString("type")).isEqualTo("run.ended");
        assertThat(event.getString("id")).isEqualTo(call.id());
        assertThat(event.getString("data.runId")).isEqualTo(run);
        assertThat(event.getString("data.name")).isEqualTo("told");
        assertThat(event.getString("data.state")).isEqualTo("COMPLETED");
        assertThat(event.getMap("data.counts").toString())
                .isEqualTo(webhook.getMap("counts").toString())
                .contains("SCORED=1", "FAILED=1", "INVALID=1");
        assertThat(event.getInt("data.submitted")).isEqualTo(3);
        assertThat(event.getString("data.report"))
                .isEqualTo("https://jarvix.example/runs/" + run + "/report.pdf");
        assertThat(given().get("/runs/" + run).asString()).doesNotContain(KEY, "/signed");
        assertThat(
                        stored(
                                "SELECT count(*) FROM webhook WHERE secret IS NOT NULL AND run_id ="
                                        + " '"
                                        + run
                                        + "'"))
                .isEqualTo("0");
    }

    @Test
    void aReceiverThatFailsIsToldTheSameEventAgain() {
        receiver.answerFirst(500);

        String run = submit("/again", null);

        JsonPath webhook = awaitWebhook(run, "DELIVERED");
        assertThat(webhook.getInt("webhook.attempts")).isEqualTo(2);
        List<WebhookReceiver.Call> calls = receiver.calls("/again");
        assertThat(calls).hasSize(2);
        assertThat(calls).extracting(WebhookReceiver.Call::id).containsOnly(calls.getFirst().id());
        assertThat(calls.getLast().body()).isEqualTo(calls.getFirst().body());
        assertThat(calls.getFirst().header("webhook-signature")).isEqualTo("null");
    }

    @Test
    void aReceiverThatGoesOnFailingIsGivenUpAndTheRunSaysSo() throws Exception {
        receiver.answer(503);

        String run = submit("/failing", "a secret of letters".replace(' ', '-'));

        JsonPath webhook = awaitWebhook(run, "GIVEN_UP");
        assertThat(webhook.getString("webhook.error")).isEqualTo("The receiver answered 503.");
        assertThat(receiver.calls("/failing")).hasSize(3);
        assertThat(stored("SELECT count(*) FROM outbox WHERE run_id = '" + run + "'"))
                .isEqualTo("0");
        assertThat(webhook.getString("state")).isEqualTo("COMPLETED");
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.answer(307);

        String run = submit("/moved", null);

        awaitWebhook(run, "GIVEN_UP");
        assertThat(receiver.calls("/elsewhere")).isEmpty();
    }

    @Test
    void aTargetInAPrivateNetworkIsRefused() {
        String run = submitTo("http://10.0.0.1/hook", null);

        JsonPath webhook = awaitWebhook(run, "REFUSED");
        assertThat(webhook.getInt("webhook.attempts")).isEqualTo(1);
    }

    @Test
    void aListAsTextOrAsAFileNamesItsWebhookBesideIt() {
        String text =
                given().contentType("text/plain")
                        .queryParam("webhook", receiver.url("/text"))
                        .header("Webhook-Secret", "whsec_" + KEY)
                        .body("https://a.example/")
                        .post("/runs")
                        .path("id");
        String file =
                given().multiPart("webhook", receiver.url("/file"))
                        .multiPart("webhookSecret", "whsec_" + KEY)
                        .multiPart("file", "seeds.txt", "https://a.example/".getBytes(UTF_8))
                        .post("/runs")
                        .path("id");

        assertThat(awaitWebhook(text, "DELIVERED").getBoolean("webhook.signed")).isTrue();
        assertThat(awaitWebhook(file, "DELIVERED").getBoolean("webhook.signed")).isTrue();
        assertThat(receiver.calls("/text")).hasSize(1);
        assertThat(receiver.calls("/file")).hasSize(1);
    }

    @Test
    void aWebhookThatCannotBeIsRefusedWithTheRun() {
        json("ftp://a.example/", null)
                .post("/runs")
                .then()
                .statusCode(400)
                .body("field", equalTo("webhook.url"));
        json(receiver.url("/x"), "short")
                .post("/runs")
                .then()
                .statusCode(400)
                .body("field", equalTo("webhook.secret"));
    }

    private String submit(String path, @Nullable String secret) {
        return submitTo(receiver.url(path), secret);
    }

    private static String submitTo(String url, @Nullable String secret) {
        return json(url, secret).post("/runs").then().statusCode(202).extract().path("id");
    }

    private static RequestSpecification json(String url, @Nullable String secret) {
        String quoted = secret == null ? "null" : '"' + secret + '"';
        return given().contentType("application/json")
                .body(
                        """
                        {"name": "told", "seeds": ["https://a.example/", "https://a.example/fail", "no url"],
                         "options": {"webhook": {"url": "%s", "secret": %s}}}\
                        """
                                .formatted(url, quoted));
    }

    private static JsonPath awaitWebhook(String run, String state) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/runs/" + run).path("webhook.state").equals(state));
        return given().get("/runs/" + run).jsonPath();
    }

    /// As a receiver computes it, by the text of the specification.
    private static String signature(WebhookReceiver.Call call) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write((call.id() + "." + call.header("webhook-timestamp") + ".").getBytes(UTF_8));
        signed.write(call.body());
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    }

    private String stored(String sql) throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
