package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.Wire;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchiveWriterTest {

    private static final int RECORDS = 400;
    private static final int WINDOW = 90;
    private static final int RUNS = 3;
    private static final TopicPartition PARTITION = new TopicPartition(Topics.RAW_RECORDS, 0);

    private static final Set<ArchiveCrash.Moment> BEFORE_THE_END =
            EnumSet.of(
                    ArchiveCrash.Moment.BEFORE_DECISION,
                    ArchiveCrash.Moment.AFTER_DECISION,
                    ArchiveCrash.Moment.BETWEEN_RENAMES);

    private Path folder;
    private EmbeddedBroker broker;
    private Map<String, byte[]> undisturbed;

    private final Map<String, Process> dying = new HashMap<>();

    @BeforeAll
    void archiveUndisturbed(@TempDir Path shared) throws Exception {
        folder = shared;
        broker = EmbeddedBroker.start(shared.resolve("kafka"));
        produce();
        startAllThatDie();
        undisturbed = filesOf(archive(shared.resolve("undisturbed"), "undisturbed", WINDOW));
        assertThat(undisturbed).as("something to compare with").hasSizeGreaterThan(2 * RUNS);
    }

    /// Side by side, since each of them mostly waits for its JVM and for Kafka.
    private void startAllThatDie() throws IOException {
        for (ArchiveCrash.Moment moment : ArchiveCrash.Moment.values()) {
            startOneThatDies("same-" + moment, moment);
        }
        for (ArchiveCrash.Moment moment : BEFORE_THE_END) {
            startOneThatDies("other-" + moment, moment);
        }
        startOneThatDies("clean", ArchiveCrash.Moment.BEFORE_DECISION);
    }

    @AfterAll
    void stop() {
        dying.values().forEach(Process::destroyForcibly);
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void aKilledWritersHeirLeavesTheSameFiles(ArchiveCrash.Moment moment) throws Exception {
        Path archive = whatWasLeftBy("same-" + moment);

        archive(archive, "same-" + moment, WINDOW);

        Map<String, byte[]> files = filesOf(archive);
        assertThat(files.keySet()).isEqualTo(undisturbed.keySet());
        files.forEach(
                (name, bytes) ->
                        assertThat(Arrays.equals(bytes, undisturbed.get(name))).as(name).isTrue());
    }

    @ParameterizedTest
    @FieldSource("BEFORE_THE_END")
    void anHeirWithOtherBoundsLosesAndDoublesNothing(ArchiveCrash.Moment moment) throws Exception {
        Path archive = whatWasLeftBy("other-" + moment);

        archive(archive, "other-" + moment, 37);

        assertThat(rowsOf(archive)).containsExactlyElementsOf(allRows());
    }

    @Test
    void aPageComesBackByteByByte() throws Exception {
        Path archive = archive(folder.resolve("bytes"), "bytes", 1_000);

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select ordinal, body from '" + archive + "/raw/*/*.parquet'")) {
            int count = 0;
            while (rows.next()) {
                assertThat(blob(rows)).isEqualTo(ArchivePartTest.body(rows.getInt("ordinal")));
                count++;
            }
            assertThat(count).isEqualTo(RECORDS);
        }
    }

    @Test
    void nothingHalfWrittenIsLeft() throws Exception {
        Path archive = whatWasLeftBy("clean");
        assertThat(halfWritten(archive)).isNotEmpty();

        archive(archive, "clean", WINDOW);

        assertThat(halfWritten(archive)).isEmpty();
    }

    /// Archives everything there is with a writer that ends in good order.
    private Path archive(Path archive, String group, int window) throws IOException {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        ArchiveCrash.settings(broker.bootstrapServers(), group),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            ArchiveWriter writer =
                    ArchiveCrash.writer(consumer, new ArchiveFolder(archive), window);
            writer.subscribe();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            do {
                writer.step();
                assertThat(System.nanoTime()).isLessThan(deadline);
            } while (consumer.assignment().isEmpty() || consumer.position(PARTITION) < RECORDS);
            writer.finish();
        }
        return archive;
    }

    /// Its group and its folder have this name.
    private void startOneThatDies(String name, ArchiveCrash.Moment moment) throws IOException {
        dying.put(
                name,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx64m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ArchiveCrash.class.getName(),
                                broker.bootstrapServers(),
                                name,
                                folder.resolve(name).toString(),
                                Integer.toString(WINDOW),
                                moment.name())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    private Path whatWasLeftBy(String name) throws InterruptedException {
        Process process = Objects.requireNonNull(dying.get(name));
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ArchiveCrash.EXIT);
        return folder.resolve(name);
    }

    private void produce() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", broker.bootstrapServers()),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(Topics.RAW_RECORDS, 1, (short) 1))).all().get();
            List<Future<?>> sent = new ArrayList<>();
            for (int ordinal = 1; ordinal <= RECORDS; ordinal++) {
                sent.add(producer.send(record(ordinal)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(int ordinal) {
        byte[] body = ArchivePartTest.body(ordinal);
        RawRecord raw =
                new RawRecord(
                        ArchiveCrash.run(ordinal % RUNS),
                        ordinal,
                        1,
                        "https://shop.example/" + ordinal,
                        "id" + ordinal,
                        "https://shop.example/" + ordinal,
                        List.of(),
                        Instant.ofEpochSecond(1_764_000_000L + ordinal),
                        200,
                        new FetchOutcome.Fetched(),
                        1,
                        12,
                        "text/html",
                        null,
                        Map.of("content-type", List.of("text/html")),
                        false,
                        body.length,
                        null);
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.RAW_RECORDS, 0, raw.urlId(), CompressedBody.compress(body));
        record.headers().add(Topics.RAW_RECORD_HEADER, Wire.write(raw));
        return record;
    }

    private static Map<String, byte[]> filesOf(Path archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(archive)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(archive.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static List<String> halfWritten(Path archive) throws IOException {
        return filesOf(archive).keySet().stream().filter(name -> name.endsWith(".tmp")).toList();
    }

    static byte[] blob(ResultSet rows) throws SQLException {
        Blob blob = rows.getBlob("body");
        return blob.getBytes(1, (int) blob.length());
    }

    private static List<Integer> allRows() {
        return Stream.iterate(1, ordinal -> ordinal + 1).limit(RECORDS).toList();
    }

    private static List<Integer> rowsOf(Path archive) throws Exception {
        List<Integer> ordinals = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select ordinal from '"
                                        + archive
                                        + "/raw/*/*.parquet' order by ordinal")) {
            while (rows.next()) {
                ordinals.add(rows.getInt(1));
            }
        }
        return ordinals;
    }
}
