package io.jarvix.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Quarkus application of this build as a process of its own, as a user starts it. Its output
/// goes to a file, which a failing test prints.
final class JarProcess implements AutoCloseable {

    /// A process inherits what its parent ignores, and a build in the background ignores Ctrl-C.
    private static final List<String> DEFAULT_SIGNALS =
            Files.isExecutable(Path.of("/usr/bin/env"))
                            && System.getProperty("os.name").equals("Linux")
                    ? List.of("/usr/bin/env", "--default-signal=INT")
                    : List.of();

    private static final Duration STOP = Duration.ofSeconds(20);

    private final Process process;
    private final Path output;

    private JarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// @param module the module's folder name, such as `scoring-service`
    static JarProcess start(
            String module, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        Path jar =
                module.equals("standalone")
                        ? Path.of("target", "jarvix-runner.jar")
                        : Path.of("..", module, "target", "quarkus-app", "quarkus-run.jar");
        List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx320m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar.toAbsolutePath().normalize().toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, module, ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new JarProcess(builder.start(), output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /// Ctrl-C.
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Waits for the end.
    ///
    /// @return the exit code
    /// @throws AssertionError where it has not ended in time
    int awaitExit(Duration atMost) throws IOException, InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + atMost + ":\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
