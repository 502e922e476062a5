package io.jarvix.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/// The origin's process and its counters.
record RunningOrigin(ManagedProcess process, SitePlan plan, int port) implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The counters, and starts them anew.
    JsonNode reset() throws IOException, InterruptedException {
        return send(request("/reset").POST(BodyPublishers.noBody()).build());
    }

    JsonNode counters() throws IOException, InterruptedException {
        return send(request("/counters").build());
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(CLIENT.send(request, BodyHandlers.ofByteArray()).body());
    }
}
