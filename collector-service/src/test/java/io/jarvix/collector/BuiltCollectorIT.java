package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.collector.TaskKafka.Collected;
import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.UrlTask;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The built application, as processes of its own on a real broker, from its start to its end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuiltCollectorIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    private EmbeddedBroker broker;
    private TaskKafka kafka;
    private HostileOrigin origin;

    @BeforeAll
    void startBroker(@TempDir Path shared) throws Exception {
        broker = EmbeddedBroker.start(shared.resolve("kafka"));
        TopicCreation.createMissing(broker.bootstrapServers(), 3, (short) 1, 30_000);
        kafka = new TaskKafka(broker.bootstrapServers());
    }

    @AfterAll
    void stopBroker() {
        kafka.close();
        broker.close();
    }

    @BeforeEach
    void startOrigin() throws Exception {
        origin = new HostileOrigin();
    }

    @AfterEach
    void stopOrigin() throws Exception {
        origin.close();
    }

    private CollectorProcess start(String name, Map<String, String> more, String... options)
            throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("jarvix.topics.partitions", "3");
        settings.put("jarvix.collector.allowed-private-cidrs", "127.0.0.0/8");
        settings.put("jarvix.collector.archive.enabled", "false");
        settings.putAll(more);
        return new CollectorProcess(folder.resolve(name + ".log"), List.of(options), settings);
    }

    /// Each test has hosts of its own: what is left of another's tasks slows other hosts.
    private List<UrlTask> tasks(UUID run, int count, int firstHost, int hosts, String path) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i ->
                                TaskKafka.task(
                                        run, i, origin.url(firstHost + i % hosts, path + "/" + i)))
                .toList();
    }

    private static Set<Integer> ordinals(List<Collected> records) {
        Set<Integer> ordinals = new HashSet<>();
        records.forEach(one -> ordinals.add(one.raw().ordinal()));
        return ordinals;
    }

    /// Up to 12 requests are under way when the first one is told to end, and others have not
    /// begun. What is under way is finished, the rest is the heir's, and nothing is lost.
    @Test
    void whatACollectorLeavesAtItsEndIsTheHeirsToFetch() throws Exception {
        UUID run = UUID.randomUUID();
        int count = 120;
        int underWay;
        try (CollectorProcess first =
                start(
                        "first",
                        Map.of(
                                "jarvix.collector.shutdown-grace",
                                "20s",
                                "jarvix.collector.exchange-deadline",
                                "120s"))) {
            kafka.send(tasks(run, count, 11, 3, "/held"));
            await().atMost(PATIENCE).until(() -> origin.held().now() >= 4);
            underWay = origin.held().now();

            Thread release =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        await().atMost(PATIENCE)
                                                .until(
                                                        () ->
                                                                first.log()
                                                                        .contains(
                                                                                "the collector"
                                                                                        + " ends"));
                                        origin.held().release();
                                    });
            Duration took = first.stop();
            release.join();

            assertThat(took).as(first.log()).isLessThan(Duration.ofSeconds(60));
        }
        List<Collected> ofTheFirst = kafka.recordsOf(run, underWay);
        assertThat(ordinals(ofTheFirst)).hasSizeBetween(underWay, count - 1);

        try (CollectorProcess second = start("second", Map.of())) {
            List<Collected> all =
                    await().atMost(PATIENCE)
                            .until(
                                    () -> kafka.recordsOf(run, count),
                                    records -> ordinals(records).size() == count);

            assertThat(all.size() - count).as("fetched twice").isLessThanOrEqualTo(12);
            assertThat(all).allMatch(one -> one.raw().status() != null);
            assertThat(second.isAlive()).isTrue();
        }
    }

    @Test
    void aCollectorThatWaitsForItsBrokerEndsWhenItIsTold() throws Exception {
        String nobody = "127.0.0.1:" + EmbeddedBroker.freePort();
        try (CollectorProcess waiting =
                start("waiting", Map.of("kafka.bootstrap.servers", nobody))) {
            await().atMost(PATIENCE).until(() -> waiting.log().contains("broker is not ready"));
            assertThat(waiting.isAlive()).isTrue();

            assertThat(waiting.stop()).as(waiting.log()).isLessThan(Duration.ofSeconds(30));
        }
    }

    /// A task is held for longer than Kafka lets a consumer be away, with more tasks behind it than
    /// fit into memory.
    @Test
    void livenessStaysUpWhileAllHostsAreSlow() throws Exception {
        UUID run = UUID.randomUUID();
        try (CollectorProcess collector =
                start(
                        "slow",
                        Map.of(
                                "jarvix.collector.max-tasks",
                                "10",
                                "jarvix.collector.exchange-deadline",
                                "60s",
                                "mp.messaging.incoming.collector-urls-in.max.poll.interval.ms",
                                "2000"))) {
            kafka.send(tasks(run, 60, 21, 1, "/held"));
            await().atMost(PATIENCE).until(() -> origin.held().now() == 4);

            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(7))
                    .until(() -> collector.isUp("live"));
            origin.held().release();

            assertThat(kafka.byOrdinal(run, 60)).as("each once").hasSize(60);
        }
    }

    @Test
    void readinessTellsThatTheArchiveCannotWriteAndThatItCanAgain() throws Exception {
        UUID run = UUID.randomUUID();
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path inTheWay = Files.createFile(archive.resolve("raw"));
        try (CollectorProcess collector =
                start(
                        "archive",
                        Map.of(
                                "jarvix.collector.archive.enabled",
                                "true",
                                "jarvix.collector.archive.folder",
                                archive.toString(),
                                "jarvix.collector.archive.max-age",
                                "200ms"))) {
            kafka.send(tasks(run, 3, 31, 3, "/page"));
            await().atMost(PATIENCE).until(() -> archiveIs(collector, "DOWN"));
            assertThat(collector.isUp("live")).as("no reason to restart").isTrue();

            Files.delete(inTheWay);
            await().atMost(PATIENCE).until(() -> archiveIs(collector, "UP"));
            await().atMost(PATIENCE).until(() -> !parquetOf(archive, run).isEmpty());
        }
    }

    /// It fails at the last step: the readiness does not come back with each record that is read.
    @Test
    void readinessStaysDownWhileFilesCannotBePutInTheirPlace() throws Exception {
        UUID run = UUID.randomUUID();
        Path archive = folder.resolve("full");
        Path inTheWay = archive.resolve("raw").resolve("run=" + run);
        Files.createDirectories(archive.resolve("raw"));
        Files.createFile(inTheWay);
        try (CollectorProcess collector =
                start(
                        "full",
                        Map.of(
                                "jarvix.collector.archive.enabled",
                                "true",
                                "jarvix.collector.archive.folder",
                                archive.toString(),
                                "jarvix.collector.archive.max-age",
                                "500ms"))) {
            kafka.send(tasks(run, 3, 41, 3, "/page"));
            await().atMost(PATIENCE).until(() -> archiveIs(collector, "DOWN"));
            await().atMost(PATIENCE)
                    .during(Duration.ofSeconds(4))
                    .until(() -> archiveIs(collector, "DOWN"));

            Files.delete(inTheWay);
            await().atMost(PATIENCE).until(() -> archiveIs(collector, "UP"));
            await().atMost(PATIENCE).until(() -> !parquetOf(archive, run).isEmpty());
        }
    }

    private static boolean archiveIs(CollectorProcess collector, String status) throws Exception {
        try {
            String ready = collector.get("/q/health/ready").body().replaceAll("\\s", "");
            return ready.contains("\"name\":\"archive\",\"status\":\"" + status + "\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> parquetOf(Path archive, UUID run) throws IOException {
        Path ofRun = archive.resolve("raw").resolve("run=" + run);
        if (!Files.isDirectory(ofRun)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ofRun)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    /// Where the native library is missing: here it is forbidden.
    @Test
    void withoutTheNativeLibraryTheJdksTlsServes() throws Exception {
        UUID run = UUID.randomUUID();
        TestCertificates certificates = TestCertificates.make(folder.resolve("tls"));
        try (TlsOrigin tls = new TlsOrigin(certificates, "good", true);
                CollectorProcess collector =
                        start(
                                "tls",
                                Map.of(
                                        "jarvix.collector.hosts.\"good.example\"",
                                        "127.0.0.1",
                                        "jarvix.collector.trusted-certificates",
                                        certificates.authority().toString()),
                                "-Dio.netty.handler.ssl.noOpenSsl=true")) {
            kafka.send(List.of(TaskKafka.task(run, 1, tls.url("good.example", "/page"))));

            Collected page = TaskKafka.of(kafka.byOrdinal(run, 1), 1);

            assertThat(Fetches.kindOf(page.raw().outcome())).isEqualTo("FETCHED");
            assertThat(new String(page.body(), UTF_8)).isEqualTo("h2");
            assertThat(collector.isAlive()).isTrue();
        }
    }
}
