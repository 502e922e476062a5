package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.TopicCreation;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The built application, as several processes on one broker.
class ReplicasIT {

    private static final int PAGES = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void aReplicaThatIsKilledMidwayLosesNothingAndChangesNoScore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            TopicCreation.createMissing(broker.bootstrapServers(), 6, (short) 1, 30_000);
            Process first = start(broker, "first");
            Process second = start(broker, "second");
            try (TestBroker neighbours = new TestBroker(broker.bootstrapServers())) {
                await().atMost(PATIENCE).until(() -> sharesPartitions(neighbours));

                UUID run = UUID.randomUUID();
                Map<Integer, PageResult> expected = sendPages(neighbours, run, 0, PAGES / 2);
                await().atMost(PATIENCE).until(() -> !neighbours.scores(run).isEmpty());
                first.destroyForcibly();
                expected.putAll(sendPages(neighbours, run, PAGES / 2, PAGES));

                Map<Integer, PageResult> results = new HashMap<>();
                await().atMost(PATIENCE)
                        .until(
                                () -> {
                                    for (PageScore score : neighbours.newScores(run)) {
                                        PageResult before =
                                                results.put(score.ordinal(), score.result());
                                        assertThat(before == null || before.equals(score.result()))
                                                .as("a repetition says the same")
                                                .isTrue();
                                    }
                                    return results.size() == PAGES;
                                });
                assertThat(results).isEqualTo(expected);
                assertThat(second.isAlive()).isTrue();
                assertThat(first.waitFor()).isNotZero();
            }
        }
    }

    private static boolean sharesPartitions(TestBroker neighbours) {
        Map<String, Long> owners = neighbours.partitionsOfMembers("jarvix-scoring");
        return owners.size() == 4
                && owners.values().stream().mapToLong(Long::longValue).sum() == 6
                && owners.values().stream().allMatch(count -> count >= 1);
    }

    private static Map<Integer, PageResult> sendPages(
            TestBroker neighbours, UUID run, int begin, int end) {
        PageScorer scorer = PageScorer.withBuiltInRules();
        Map<Integer, PageResult> expected = new HashMap<>();
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>();
        for (int i = begin; i < end; i++) {
            byte[] body = SamplePages.page(i % 50, 6_000).getBytes(UTF_8);
            RawRecord raw =
                    RawRecords.of(
                            run,
                            i + 1,
                            "https://shop.example/" + i,
                            "text/html; charset=utf-8",
                            body.length,
                            new FetchOutcome.Fetched());
            expected.put(i + 1, scorer.score(raw, body));
            messages.add(RawRecords.message(raw, body));
        }
        neighbours.sendAll(messages);
        return expected;
    }

    private Process start(EmbeddedBroker broker, String name) throws IOException {
        File java = Path.of(System.getProperty("java.home"), "bin", "java").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.getPath(), "-Xmx256m", "-jar", "target/quarkus-app/quarkus-run.jar");
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        builder.environment().put("HTTP_PORT", Integer.toString(EmbeddedBroker.freePort()));
        builder.environment().put("JARVIX_SCORING_WORKERS", "2");
        builder.redirectErrorStream(true);
        builder.redirectOutput(Files.createFile(folder.resolve(name + ".log")).toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }
}
