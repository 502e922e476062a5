package io.jarvix.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.jarvix.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// `jarvix up --demo` as its users see it: the demo's seeds go in over HTTP, and every one of them
/// comes out in the state that the demo site was written for.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuiteIT {

    private static final Path SEEDS = Path.of("..", "examples", "seeds.txt");

    @TempDir static Path folder;

    private JarProcess process;
    private SuiteApi suite;
    private int port;
    private DemoLedger expected;
    private String runId;
    private RunStatus end;

    @BeforeAll
    void runTheDemo() throws Exception {
        port = EmbeddedBroker.freePort();
        process =
                JarProcess.start(
                        "standalone",
                        folder,
                        Map.of(),
                        "up",
                        "--demo",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.resolve("data").toString());
        suite = new SuiteApi(port);
        suite.awaitReady(process);
        expected = DemoLedger.read();
        runId = suite.submit(SEEDS, "demo");
        end = suite.awaitEnd(runId, Duration.ofMinutes(3));
    }

    @AfterAll
    void stop() throws Exception {
        process.close();
    }

    @Test
    void theRunCompletesAndItsSumHolds() {
        assertThat(end.state()).isEqualTo("COMPLETED");
        assertThat(end.addsUp()).isTrue();
        assertThat(end.submitted()).isEqualTo(expected.lines().size());
        assertThat(end.open()).isZero();
        expected.counts()
                .forEach((state, count) -> assertThat(end.count(state)).as(state).isEqualTo(count));
    }

    @Test
    void everySeedEndsInTheStateThatTheDemoWasWrittenFor() {
        Map<Integer, String> actual =
                suite.ledger(runId).stream()
                        .collect(
                                Collectors.toMap(
                                        line -> (Integer) line.get("ordinal"),
                                        SuiteIT::stateAndCause));
        assertThat(actual)
                .isEqualTo(
                        expected.lines().stream()
                                .collect(
                                        Collectors.toMap(
                                                DemoLedger.Line::ordinal,
                                                line ->
                                                        (line.state() + " " + line.cause())
                                                                .strip())));
    }

    @Test
    void everyScoredSeedHasTheActionThatTheDemoWasWrittenFor() {
        List<Map<String, Object>> scores =
                suite.request()
                        .queryParam("limit", 1000)
                        .get("/runs/" + runId + "/scores")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("items");
        Map<Integer, String> actual =
                scores.stream()
                        .collect(
                                Collectors.toMap(
                                        score -> (Integer) score.get("ordinal"),
                                        score -> String.valueOf(score.get("action"))));
        assertThat(actual)
                .isEqualTo(
                        expected.lines().stream()
                                .filter(line -> line.state().equals("SCORED"))
                                .collect(
                                        Collectors.toMap(
                                                DemoLedger.Line::ordinal,
                                                DemoLedger.Line::action)));
    }

    @Test
    void theReportIsAPdfThatStatesTheCoverage() throws Exception {
        byte[] pdf = suite.get("/runs/" + runId + "/report.pdf").asByteArray();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("demo").contains(Integer.toString(end.submitted()));
            assertThat(document.getNumberOfPages()).isGreaterThan(2);
        }
    }

    /// The demo's casa-verde.example has a crawl-delay in its robots.txt.
    @Test
    void aRunSaysThatItWaitsForACrawlDelay() throws Exception {
        Path seeds = folder.resolve("slow.txt");
        Files.writeString(
                seeds,
                IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> "http://casa-verde.example:8077/?page=" + i + "\n")
                        .collect(Collectors.joining()));

        String slow = suite.submit(seeds, "slow");
        String reason =
                await().atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(100))
                        .until(
                                () -> String.join(" ", suite.status(slow).waitingFor()),
                                words -> words.contains("crawl-delay"));
        assertThat(reason).matches("\\d+ URLs wait for casa-verde\\.example: crawl-delay 1 s");
        assertThat(suite.awaitEnd(slow, Duration.ofMinutes(1)).count("SCORED")).isEqualTo(12);
    }

    /// The second run of a name is compared with the first, and its report prints it.
    @Test
    void theSecondRunOfASeriesSaysWhatChangedAndSoDoesItsReport() throws Exception {
        Path seeds = folder.resolve("weekly.txt");
        Files.writeString(
                seeds, "http://lumen-lamps.example:8077/\nhttp://lumen-lamps.example:8077/lamps\n");
        String first = suite.submit(seeds, "weekly");
        suite.awaitEnd(first, Duration.ofMinutes(1));
        Files.writeString(
                seeds,
                "http://lumen-lamps.example:8077/lamps\nhttp://quill-review.example:8077/\n");
        String second = suite.submit(seeds, "weekly");
        suite.awaitEnd(second, Duration.ofMinutes(1));

        Map<String, Integer> counts =
                suite.get("/runs/" + second + "/diff")
                        .then()
                        .statusCode(200)
                        .body("against.id", equalTo(first))
                        .extract()
                        .path("counts");
        assertThat(counts.toString())
                .isEqualTo("{NEW=1, GONE=1, IMPROVED=0, DECLINED=0, STABLE=1}");
        byte[] pdf = suite.get("/runs/" + second + "/report.pdf").asByteArray();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            String text =
                    new PDFTextStripper().getText(document).replaceAll("[\\u00A0\\u202F]", " ");
            assertThat(text).contains("Trend").contains("New 1 33.3 %").contains("Gone 1 33.3 %");
        }
    }

    /// The archive closes its parts when nothing has come for a while, after the run has ended.
    @Test
    void theArchiveHasEveryFetchedPageOnce() {
        String parts = folder.resolve("data/archive/raw/run=" + runId) + "/*.parquet";
        int fetched = end.count("SCORED") + end.count("FAILED") + end.count("BLOCKED");
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () ->
                                assertThat(number("select count(*) from '" + parts + "'"))
                                        .isEqualTo(fetched));
        assertThat(number("select count(distinct ordinal) from '" + parts + "'"))
                .isEqualTo(fetched);
    }

    /// The README's curl lines, each as it stands there but for the port, the run's id and where
    /// files go.
    @Test
    void everyCurlCommandOfTheReadmeWorks() throws Exception {
        List<String> commands =
                Files.readAllLines(Path.of("..", "README.md")).stream()
                        .filter(line -> line.startsWith("curl "))
                        .toList();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(6);
        for (String command : commands) {
            Path output = folder.resolve("curl.out");
            Process curl =
                    new ProcessBuilder(
                                    "bash",
                                    "-c",
                                    command.replace("localhost:8080", "127.0.0.1:" + port)
                                            .replace("$ID", runId)
                                            .replace(" -o ", " -o " + folder + "/"))
                            .directory(Path.of("..").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            assertThat(curl.waitFor()).as(command + "\n" + Files.readString(output)).isZero();
        }
        assertThat(List.of("report.pdf", "scores.csv", "scores.parquet"))
                .allSatisfy(name -> assertThat(folder.resolve(name)).isNotEmptyFile());
    }

    @Test
    void healthMetricsAndApiDocumentationAreServed() {
        assertThat(suite.get("/q/health").statusCode()).isEqualTo(200);
        assertThat(suite.get("/q/metrics").asString()).contains("jarvix_");
        assertThat(suite.get("/q/swagger-ui/").statusCode()).isEqualTo(200);
        assertThat(suite.get("/q/openapi?format=json").jsonPath().getMap("paths"))
                .containsKeys("/runs", "/runs/{id}", "/runs/{id}/scores", "/runs/{id}/report.pdf");
    }

    private static String stateAndCause(Map<String, Object> line) {
        Object cause = Objects.requireNonNullElse(line.get("kind"), "");
        Object first = Objects.requireNonNullElse(line.get("duplicateOf"), "");
        return (line.get("state") + " " + cause + first).strip();
    }

    private static int number(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
