package io.jarvix.gateway;

import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/// The gateway as it is deployed: a process of its own, configured by its environment alone, with a
/// small heap.
final class GatewayProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final String url;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    /// Returns when it is ready.
    static GatewayProcess start(
            Path log, EmbeddedBroker broker, EmbeddedDatabase database, String heap)
            throws IOException {
        return start(log, broker, database, heap, Map.of());
    }

    /// @param settings more of its environment
    static GatewayProcess start(
            Path log,
            EmbeddedBroker broker,
            EmbeddedDatabase database,
            String heap,
            Map<String, String> settings)
            throws IOException {
        int port = EmbeddedBroker.freePort();
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        builder.environment().put("DATABASE_URL", database.jdbcUrl());
        builder.environment().put("DATABASE_USER", database.user());
        builder.environment().put("DATABASE_PASSWORD", database.password());
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        GatewayProcess gateway = new GatewayProcess(builder.start(), port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> gateway.get("/q/health/ready").statusCode() == 200);
        return gateway;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /// A request to this gateway, which must not take for ever.
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create(url + path);
    }

    /// Fails where the answer is no 200, or breaks off.
    Path download(String path, String accept, Path folder)
            throws IOException, InterruptedException {
        String form = accept.replaceAll(".*[/.-]", "");
        HttpResponse<Path> answer =
                HTTP.send(
                        HttpRequest.newBuilder(uri(path)).header("Accept", accept).build(),
                        HttpResponse.BodyHandlers.ofFile(folder.resolve("download." + form)));
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway answered " + answer.statusCode());
        }
        return answer.body();
    }

    HttpResponse<String> postText(String path, InputStream body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return postText(path, InputStream.nullInputStream());
    }

    /// As a power cut would end it.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Duration.ofSeconds(20))) {
            process.destroyForcibly().waitFor();
        }
    }

    static void closeAll(List<GatewayProcess> gateways) throws InterruptedException {
        for (GatewayProcess gateway : gateways) {
            gateway.close();
        }
    }
}
