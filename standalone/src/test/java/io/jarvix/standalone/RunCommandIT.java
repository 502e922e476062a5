package io.jarvix.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `jarvix run`, as a newcomer calls it.
class RunCommandIT {

    private static final String SEEDS =
            Path.of("..", "examples", "seeds.txt").toAbsolutePath().normalize().toString();
    private static final Pattern RUN_ID = Pattern.compile("Run ([0-9a-f-]{36}) ");
    private static final Pattern SUM = Pattern.compile("(\\w+): (\\d+) submitted = (.*)");

    @TempDir Path folder;

    @Test
    void interruptedItStopsWithinSecondsAndASecondStartGoesOn() throws Exception {
        String runId;
        try (JarProcess first = run()) {
            runId =
                    await().atMost(Duration.ofSeconds(90))
                            .until(() -> runId(first), id -> !id.isEmpty());
            first.interrupt();
            assertThat(first.awaitExit(Duration.ofSeconds(20))).isEqualTo(130);
        }
        assertThat(folder.resolve("out.pdf")).doesNotExist();
        try (JarProcess second = run()) {
            assertThat(second.awaitExit(Duration.ofMinutes(4))).as(second.output()).isZero();
            assertThat(runId(second)).isEqualTo(runId);
            assertThatTheSumHolds(second.output());
        }
        assertThat(
                        Files.readString(
                                folder.resolve("out.pdf"),
                                java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-");
        assertThat(folder.resolve("data/open-run.json")).doesNotExist();
    }

    private JarProcess run() throws Exception {
        return JarProcess.start(
                "standalone",
                folder,
                Map.of(),
                "run",
                SEEDS,
                "--out",
                folder.resolve("out.pdf").toString(),
                "--data",
                folder.resolve("data").toString());
    }

    private static String runId(JarProcess process) throws Exception {
        Matcher matcher = RUN_ID.matcher(process.output());
        if (matcher.find()) {
            return matcher.group(1);
        }
        assertThat(process.isAlive()).as(process.output()).isTrue();
        return "";
    }

    private static void assertThatTheSumHolds(String output) throws Exception {
        Matcher matcher = SUM.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        assertThat(matcher.group(1)).isEqualTo("COMPLETED");
        int sum = 0;
        for (String part : matcher.group(3).split(" \\+ ")) {
            sum += Integer.parseInt(part.substring(0, part.indexOf(' ')));
        }
        assertThat(sum).isEqualTo(Integer.parseInt(matcher.group(2)));
        assertThat(sum).isEqualTo(DemoLedger.read().lines().size());
        assertThat(output).contains("Top pages").contains("BUY");
    }
}
