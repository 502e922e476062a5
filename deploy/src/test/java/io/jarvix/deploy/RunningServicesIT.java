package io.jarvix.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The packaged services as processes: what the deployment files say of them is true of them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningServicesIT {

    private static final int PAGES = 1500;

    private RunningSuite suite;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        suite = RunningSuite.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        suite.close();
    }

    @Test
    void everyProbedPathAnswers() throws Exception {
        for (ServiceProcess service : suite.services()) {
            for (String path : ProbePaths.ALL) {
                assertThat(service.get(path).statusCode())
                        .describedAs(service.service() + path)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aRunGoesOnWhileReplicasComeAndGo() throws Exception {
        int deadLetters = suite.messages(Topics.DEAD_LETTERS).size();
        String run = suite.submit(PAGES);

        suite.awaitEnded(run, PAGES / 10);
        ServiceProcess secondScorer = suite.add("scoring-service");
        ServiceProcess thirdScorer = suite.add("scoring-service");
        ServiceProcess secondCollector = suite.add("collector-service");
        suite.awaitEnded(run, PAGES * 3 / 10);
        suite.service("scoring-service").kill();
        suite.awaitEnded(run, PAGES * 5 / 10);
        secondScorer.kill();
        int exitCode = suite.service("collector-service").terminate();
        suite.replaceBy(thirdScorer);
        suite.replaceBy(secondCollector);
        JsonNode end = suite.awaitCompleted(run);

        int scored = PAGES - SmallWeb.missing(PAGES);
        assertThat(exitCode).isIn(0, 143);
        assertThat(end.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(RunningSuite.counts(end))
                .containsEntry("FAILED", SmallWeb.missing(PAGES))
                .containsEntry("SCORED", scored);
        assertThat(RunningSuite.counts(end).values().stream().mapToInt(n -> n).sum())
                .isEqualTo(PAGES);
        assertThat(suite.scoredLines(run)).hasSize(scored).doesNotHaveDuplicates();
        assertThat(suite.messages(Topics.DEAD_LETTERS)).hasSize(deadLetters);
    }

    /// A frozen broker keeps its connections, so only a service that asks it finds out.
    @Test
    void aServiceIsReadyOnlyWhileItsBrokerAnswers() throws Exception {
        suite.broker().freeze();
        try {
            for (ServiceProcess process : suite.services()) {
                await(process.service())
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> !process.isReady());
                assertThat(process.get("/q/health/live").statusCode()).isEqualTo(200);
            }
        } finally {
            suite.broker().thaw();
        }

        suite.services().forEach(RunningSuite::awaitReady);
        suite.awaitCompleted(suite.submit(20));
    }

    @Test
    void everyQueryOfRulesAndDashboardsFindsSamples() throws Exception {
        suite.awaitCompleted(suite.submit(40));

        // Kafka's clients report a figure when they first have one, and are asked for new ones once
        // a minute.
        await().atMost(RunningSuite.LONG)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(
                        () ->
                                assertThat(measured().unmatched(Monitoring.selectors()))
                                        .describedAs("selectors without a sample")
                                        .isEmpty());
    }

    @Test
    void theListOfMetricsIsTheTruth() throws Exception {
        suite.awaitCompleted(suite.submit(40));

        assertThat(Monitoring.documentedMetrics())
                .containsExactlyInAnyOrderElementsOf(
                        measured().names().stream()
                                .filter(name -> name.startsWith("jarvix_"))
                                .map(Monitoring::family)
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /// The logs are in JSON in these processes, as `QUARKUS_LOG_CONSOLE_JSON_ENABLED` says.
    @Test
    void aRunIsFollowedThroughTheLogsByItsId() throws Exception {
        String run = suite.submit(40);
        suite.awaitCompleted(run);

        Map<String, List<String>> messages = new HashMap<>();
        for (ServiceProcess service : suite.services()) {
            for (JsonNode line : service.jsonLog()) {
                if (line.path("message").asText().contains("runId=" + run)) {
                    messages.computeIfAbsent(service.service(), name -> new ArrayList<>())
                            .add(line.path("message").asText().replaceAll("[:,].*", ""));
                }
            }
        }

        assertThat(messages.get("api-gateway")).containsExactly("run accepted", "run ended");
        assertThat(messages.get("pdf-service")).containsExactly("report rendered");
    }

    /// Tracing is on in these processes, without a collector of traces: what counts is the way,
    /// which the messages carry.
    @Test
    void oneTraceFollowsAUrlThroughAllTopics() throws Exception {
        String run = suite.submit(40);
        suite.awaitCompleted(run);

        Map<Integer, String> dispatched = traces(Topics.URLS, run);
        assertThat(dispatched).hasSize(40);
        assertThat(dispatched.values()).doesNotHaveDuplicates();
        assertThat(traces(Topics.RAW_RECORDS, run)).isEqualTo(dispatched);
        assertThat(traces(Topics.SCORES, run)).isEqualTo(dispatched);
    }

    /// The trace id of each line of the run, from the topic's messages.
    private Map<Integer, String> traces(String topic, String run) throws IOException {
        Map<Integer, String> traces = new HashMap<>();
        for (ConsumerRecord<String, byte[]> message : suite.messages(topic)) {
            Header raw = message.headers().lastHeader(Topics.RAW_RECORD_HEADER);
            JsonNode json = Repository.JSON.readTree(raw == null ? message.value() : raw.value());
            if (json.path("runId").asText().equals(run)) {
                Header parent = message.headers().lastHeader("traceparent");
                traces.put(
                        json.path("ordinal").asInt(),
                        parent == null ? "none" : new String(parent.value(), UTF_8).split("-")[1]);
            }
        }
        return traces;
    }

    /// All samples that the four services show.
    private Samples measured() throws IOException, InterruptedException {
        List<String> scrapes = new ArrayList<>();
        for (ServiceProcess service : suite.services()) {
            scrapes.add(service.get("/q/metrics").body());
        }
        return Samples.of(scrapes);
    }
}
