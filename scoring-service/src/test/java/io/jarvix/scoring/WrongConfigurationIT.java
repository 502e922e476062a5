package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged service, started with a configuration that is wrong and without a broker: it does
/// not wait for one.
class WrongConfigurationIT {

    @TempDir Path folder;

    /// Each line: what is replaced in the built-in rules, by what, and what the sentence says of
    /// it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quality: 0.4 | qualty: 0.4 | it has the unknown key weights.qualty.",
                "quality: 0.4 | quality: 1.4 | it has weights.quality = 1.4, which is not a number from 0 to 1.",
                "- add to cart | `- ''` | it has an empty phrase in phrases.buy.en.",
                "weights: | `weights: [` | it is not valid YAML (line 13).",
            })
    void wrongRulesStopTheStartWithOneSentence(String right, String wrong, String sentence)
            throws Exception {
        String rules = RulesFile.builtIn().source();
        assertThat(rules).contains(right);
        Path file = folder.resolve("my-rules.yaml");
        Files.writeString(file, rules.replace(right, wrong), UTF_8);

        assertStopsWith(
                Map.of("JARVIX_SCORING_RULES", file.toString()),
                "The scoring rules " + file + ": " + sentence);
    }

    @Test
    void rulesThatAreNotThereStopTheStart() throws Exception {
        Path file = folder.resolve("missing.yaml");
        assertStopsWith(
                Map.of("JARVIX_SCORING_RULES", file.toString()),
                "The scoring rules " + file + ": it cannot be read: there is no such file.");
    }

    @Test
    void anImpossibleNumberOfWorkersStopsTheStart() throws Exception {
        assertStopsWith(
                Map.of("JARVIX_SCORING_WORKERS", "65"),
                "jarvix.scoring.workers must be from 1 to 64: 65.");
    }

    private void assertStopsWith(Map<String, String> environment, String sentence)
            throws IOException, InterruptedException {
        try (ServiceProcess service =
                ServiceProcess.start(
                        folder.resolve("output.log"), environment, "-XX:TieredStopAtLevel=1")) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.output().lines().filter(line -> !isOfTheJvm(line)))
                    .as("all that it says")
                    .singleElement()
                    .asString()
                    .startsWith(sentence);
        }
    }

    /// Java 25 complains of what Netty does with memory.
    private static boolean isOfTheJvm(String line) {
        return line.startsWith("WARNING: ")
                && (line.contains("Unsafe") || line.contains("class io.netty"));
    }
}
