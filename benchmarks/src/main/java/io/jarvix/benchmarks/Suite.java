package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The whole suite in one process, started as its users start it (`./jarvix up`), and its API. The
/// only thing it is told beside port and folder is that the loopback addresses of the origin may be
/// fetched.
final class Suite implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ManagedProcess process;
    private final String address;
    private final Duration startTime;

    private Suite(ManagedProcess process, String address, Duration startTime) {
        this.process = process;
        this.address = address;
        this.startTime = startTime;
    }

    /// Returns when it is ready.
    static Suite start(Bench bench, Path data) throws IOException, InterruptedException {
        return start(bench, data, Map.of());
    }

    static Suite start(Bench bench, Path data, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = EmbeddedBroker.freePort();
        String address = "http://127.0.0.1:" + port;
        Map<String, String> all = new HashMap<>(environment);
        all.put("JARVIX_COLLECTOR_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8");
        long begin = System.nanoTime();
        ManagedProcess process =
                ManagedProcess.start(
                        "suite",
                        bench.root(),
                        command(bench, port, data),
                        all,
                        Files.createDirectories(bench.work().resolve("logs"))
                                .resolve("suite-" + begin + ".log"));
        process.awaitOk(URI.create(address + "/q/health/ready"), START);
        process.addCompanion(databasePid(data));
        return new Suite(process, address, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static List<String> command(Bench bench, int port, Path data) {
        return List.of(
                bench.root().resolve("jarvix").toString(),
                "up",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString());
    }

    /// The database outlives its parent's thread, so it is no child of ours: its pid file tells it.
    private static long databasePid(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data, 4)) {
            Path pidFile =
                    files.filter(file -> file.endsWith("postmaster.pid"))
                            .findFirst()
                            .orElseThrow(() -> new IOException("no database in " + data));
            return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        }
    }

    ManagedProcess process() {
        return process;
    }

    /// From the command to the first answer of the readiness check.
    Duration startTime() {
        return startTime;
    }

    /// Submits a seed list; the run's id.
    String submit(Path seeds) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + "/runs"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofFile(seeds))
                        .build();
        HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 202) {
            throw new IOException(
                    "POST /runs: "
                            + response.statusCode()
                            + " "
                            + new String(response.body(), UTF_8));
        }
        return JSON.readTree(response.body()).get("id").asText();
    }

    JsonNode run(String id) throws IOException, InterruptedException {
        return JSON.readTree(get("/runs/" + id, "application/json").body());
    }

    /// The ledger, a page of it.
    JsonNode urls(String id, String cursor) throws IOException, InterruptedException {
        String query = "?limit=1000" + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
        return JSON.readTree(get("/runs/" + id + "/urls" + query, "application/json").body());
    }

    /// The report; empty where there is none.
    byte[] report(String id) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get("/runs/" + id + "/report.pdf", "application/pdf");
        return response.statusCode() == 200 ? response.body() : new byte[0];
    }

    /// Heap in use after a full collection, in bytes.
    long liveHeapBytes() throws IOException, InterruptedException {
        Jcmd.run(process.workerPid(), "GC.run");
        String metrics = new String(get("/q/metrics", "text/plain").body(), UTF_8);
        return (long)
                metrics.lines()
                        .filter(
                                line ->
                                        line.startsWith("jvm_memory_used_bytes{")
                                                && line.contains("area=\"heap\""))
                        .mapToDouble(
                                line ->
                                        Double.parseDouble(
                                                line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }

    private HttpResponse<byte[]> get(String path, String accept)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(ANSWER)
                        .header("Accept", accept)
                        .build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }
}
