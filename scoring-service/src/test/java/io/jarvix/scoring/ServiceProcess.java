package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.embedded.EmbeddedBroker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged service as a process of its own, with what it prints in a file. Ended with the
/// test.
final class ServiceProcess implements AutoCloseable {

    private static final Path PACKAGED = Path.of("target/quarkus-app/quarkus-run.jar");

    private final Process process;
    private final Path output;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /// @param environment variables that configure it
    /// @param options of its JVM
    static ServiceProcess start(Path output, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", PACKAGED.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HTTP_PORT", Integer.toString(EmbeddedBroker.freePort()));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        File file = Files.createFile(output).toFile();
        builder.redirectOutput(file);
        return new ServiceProcess(builder.start(), output);
    }

    /// With two workers, on this broker.
    static ServiceProcess on(EmbeddedBroker broker, Path output, String... options)
            throws IOException {
        return start(
                output,
                Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        broker.bootstrapServers(),
                        "JARVIX_SCORING_WORKERS",
                        "2"),
                options);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// What it has printed by now.
    String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /// The exit code of a process that ends by itself.
    int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("still runs: " + process.pid());
        }
        return process.exitValue();
    }

    /// Ends it as a crash of its machine does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
