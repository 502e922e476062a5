package io.jarvix.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One packaged service as a process of its own, configured as an image configures it: by
/// environment.
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String service;
    private final int port;
    private final Process process;
    private final Path output;

    private ServiceProcess(String service, int port, Process process, Path output) {
        this.service = service;
        this.port = port;
        this.process = process;
        this.output = output;
    }

    static ServiceProcess start(
            String service, int port, Path folder, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                Repository.text(Repository.file("deploy/images/java-options"))
                        .lines()
                        .filter(line -> line.startsWith("-"))
                        .toList());
        // Many processes on a small machine: less memory and less compilation than in an image.
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar"));
        command.add(Repository.file(service + "/target/quarkus-app/quarkus-run.jar").toString());
        Path output = Files.createTempFile(folder, service, ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        return new ServiceProcess(service, port, builder.start(), output);
    }

    String service() {
        return service;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base() + path)));
    }

    HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base() + path)).header("Accept", accept));
    }

    HttpResponse<String> post(String path, String text) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(base() + path))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(text)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    /// Whether it says that it is ready; an error where the process has ended.
    boolean isReady() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError(service + " ended early:\n" + Files.readString(output));
        }
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// What it wrote so far, where it logs in JSON; an error where a line is neither JSON nor the
    /// JVM's own.
    List<JsonNode> jsonLog() throws IOException {
        List<JsonNode> log = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            if (!line.startsWith("Picked up ") && !line.startsWith("WARNING: ")) {
                log.add(Repository.JSON.readTree(line));
            }
        }
        return log;
    }

    /// kill -9.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM, as `docker stop` and a pod's end.
    ///
    /// @return the exit code
    int terminate() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(45, TimeUnit.SECONDS)) {
            throw new AssertionError(service + " does not stop:\n" + Files.readString(output));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
