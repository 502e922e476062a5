package io.jarvix.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// The gateway's web API as the command line uses it: what a user can do with curl, and nothing
/// else.
final class GatewayClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    GatewayClient(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    /// Posts the file as a run. The same key gives the same run, however often it is posted.
    JsonNode submit(Path seeds, String name, String idempotencyKey) {
        try {
            HttpRequest request =
                    request("/runs?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                            .header("Content-Type", "text/plain; charset=utf-8")
                            .header("Idempotency-Key", idempotencyKey)
                            .POST(HttpRequest.BodyPublishers.ofFile(seeds))
                            .build();
            return json(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    RunStatus status(String runId) {
        return RunStatus.of(get("/runs/" + runId));
    }

    JsonNode top(String runId) {
        return get("/runs/" + runId + "/top");
    }

    /// Writes the report to a file.
    void report(String runId, Path out) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request("/runs/" + runId + "/report.pdf").build(),
                            BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new CommandException(
                        ExitCode.NO_REPORT,
                        problem(new String(response.body(), StandardCharsets.UTF_8)));
            }
            java.nio.file.Files.write(out, response.body());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.NO_REPORT, "The report cannot be written to " + out + ".", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private JsonNode get(String path) {
        try {
            return json(http.send(request(path).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json, application/pdf, application/problem+json");
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 400) {
            throw new CommandException(ExitCode.FAILED, problem(response.body()));
        }
        return JSON.readTree(response.body());
    }

    /// The sentence of an RFC 9457 problem.
    private static String problem(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            return problem.path("detail").asText(problem.path("title").asText(body));
        } catch (IOException e) {
            return body;
        }
    }

    private static CommandException unreachable(IOException e) {
        return new CommandException(
                ExitCode.FAILED, "The gateway does not answer: " + e.getMessage(), e);
    }

    private static CommandException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandException(ExitCode.INTERRUPTED, "Interrupted.", e);
    }
}
