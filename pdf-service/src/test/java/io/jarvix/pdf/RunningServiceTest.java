package io.jarvix.pdf;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerForTests.class)
class RunningServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReportsOut out;
    private final MeterRegistry registry;
    private final String broker =
            ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);

    @Inject
    RunningServiceTest(ReportsOut out, MeterRegistry registry) {
        this.out = out;
        this.registry = registry;
    }

    @Test
    void aRequestOnTheTopicBecomesAReportWithItsFacts() throws Exception {
        ReportRequest request = Requests.of(40, "en");
        send(Topics.PDF_REQUESTS, request.runId().toString(), Wire.write(request));

        ConsumerRecord<String, byte[]> report = next(Topics.REPORTS, request.runId().toString());

        assertThat(
                        Wire.read(
                                report.headers().lastHeader(Topics.REPORT_RESULT_HEADER).value(),
                                ReportResult.class))
                .isInstanceOfSatisfying(
                        ReportResult.Rendered.class,
                        rendered -> {
                            assertThat(rendered.requestId()).isEqualTo(request.requestId());
                            assertThat(rendered.length()).isEqualTo(report.value().length);
                            assertThat(rendered.pages())
                                    .isEqualTo(Printed.of(report.value()).pages());
                            assertThat(rendered.sha256()).isEqualTo(sha256(report.value()));
                        });
    }

    @Test
    void aMessageThatIsNoRequestGoesToTheDeadLettersAsItWas() throws Exception {
        String key = UUID.randomUUID().toString();
        send(Topics.PDF_REQUESTS, key, "{\"runId\":".getBytes(UTF_8));

        ConsumerRecord<String, byte[]> letter = next(Topics.DEAD_LETTERS, key);

        assertThat(letter.value()).isEqualTo("{\"runId\":".getBytes(UTF_8));
        assertThat(letter.headers().lastHeader(DeadLetter.TOPIC_HEADER).value())
                .isEqualTo(Topics.PDF_REQUESTS.getBytes(UTF_8));
    }

    @Test
    void aReportThatTheBrokerDoesNotTakeIsSentUntilItDoes() throws Exception {
        UUID run = UUID.randomUUID();
        ReportResult result = new ReportResult.NotRendered(run, UUID.randomUUID(), "A test.");
        double before = repeatedSends();
        Thread sender = Thread.ofVirtual().unstarted(() -> report(result));

        BrokerForTests.withoutBroker(
                () -> {
                    sender.start();
                    await().atMost(PATIENCE).until(() -> repeatedSends() > before);
                });

        ConsumerRecord<String, byte[]> message = next(Topics.REPORTS, run.toString());
        assertThat(message.value()).isEmpty();
        sender.join();
    }

    private double repeatedSends() {
        return registry.get("jarvix.pdf.sends.repeated").counter().count();
    }

    private void report(ReportResult result) {
        try {
            out.report(result, null);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPostedRequestIsRenderedOnTheSpot() {
        byte[] pdf =
                given().contentType("application/json")
                        .body(Wire.write(Requests.ofTen("en")))
                        .post("/reports")
                        .then()
                        .statusCode(200)
                        .contentType("application/pdf")
                        .extract()
                        .asByteArray();

        assertThat(new String(pdf, 0, 5, UTF_8)).isEqualTo("%PDF-");
    }

    @Test
    void theShortFormIsOnePage() throws Exception {
        byte[] pdf =
                given().contentType("application/json")
                        .body(Wire.write(Requests.ofTen("en")))
                        .post("/reports?form=one-page")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();

        assertThat(Printed.of(pdf).pages()).isEqualTo(1);
    }

    @Test
    void anUnknownFormIsAProblemThatNamesIt() {
        given().contentType("application/json")
                .body(Wire.write(Requests.ofTen("en")))
                .post("/reports?form=poster")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("poster"));
    }

    @Test
    void aBodyThatIsNoRequestIsAProblemWithAReason() {
        given().contentType("application/json")
                .body("{}")
                .post("/reports")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:unreadable-request"))
                .body("detail", containsString("runId"));
    }

    @Test
    void theLanguageCanBeAskedFor() {
        byte[] pdf =
                given().contentType("application/json")
                        .queryParam("lang", "es")
                        .body(Wire.write(Requests.ofTen("en")))
                        .post("/reports")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();

        assertThat(Printed.of(pdf).text()).contains("Resumen ejecutivo");
    }

    @Test
    void aBodyLargerThanAMessageIsAProblemThatSaysTheLimit() {
        given().contentType("application/json")
                .body(new byte[Topics.MAX_MESSAGE_BYTES + 1])
                .post("/reports")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("8388608"));
    }

    @Test
    void theServiceIsReadyAndCounts() {
        when().get("/q/health/ready").then().statusCode(200);
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("jarvix_pdf_renders_free"));
    }

    private void send(String topic, String key, byte[] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private ConsumerRecord<String, byte[]> next(String topic, String key) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> message :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (key.equals(message.key())) {
                        return message;
                    }
                }
            }
        }
        throw new AssertionError("nothing on " + topic + " with key " + key);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
