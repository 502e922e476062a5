package io.jarvix.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The command-line tools that check deployment files: first those of
/// deploy/install-check-tools.sh, then those on the PATH.
final class CheckTools {

    private static final String REQUIRED = "JARVIX_REQUIRE_CHECK_TOOLS";
    private static final Path INSTALLED =
            Optional.ofNullable(System.getenv("JARVIX_CHECK_TOOLS"))
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".cache/jarvix/check-tools"));

    private CheckTools() {}

    /// What a tool printed, and how it ended.
    record Outcome(int exitCode, String output) {

        String successful() {
            assertThat(exitCode).describedAs(output).isZero();
            return output;
        }
    }

    /// Runs the tool in the root of the source tree. Where it is missing, the test counts as
    /// skipped, or fails if the environment says `JARVIX_REQUIRE_CHECK_TOOLS=true`.
    static Outcome run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(path(tool).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Repository.file(".").toFile())
                        .redirectErrorStream(true);
        if (Files.isDirectory(INSTALLED.resolve("cli-plugins"))) {
            builder.environment().put("DOCKER_CONFIG", INSTALLED.toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    /// As [#run], and the tool must have succeeded.
    static String output(String tool, String... arguments)
            throws IOException, InterruptedException {
        return run(tool, arguments).successful();
    }

    /// Skips the test, or fails it, where the tool is missing.
    static void require(String tool) {
        path(tool);
    }

    private static Path path(String tool) {
        Optional<Path> found =
                Stream.concat(
                                Stream.of(INSTALLED.resolve("bin")),
                                Arrays.stream(
                                                Optional.ofNullable(System.getenv("PATH"))
                                                        .orElse("")
                                                        .split(File.pathSeparator))
                                        .map(Path::of))
                        .map(folder -> folder.resolve(tool))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            String message =
                    "SKIPPED: " + tool + " is not here; deploy/install-check-tools.sh gets it";
            System.out.println(message);
            assertThat(System.getenv(REQUIRED)).describedAs(message).isNotEqualTo("true");
        }
        Assumptions.assumeTrue(found.isPresent(), tool + " is not here");
        return found.orElseThrow();
    }
}
