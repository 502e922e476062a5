package io.jarvix.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A headless Chromium that prints HTML, driven over the Chrome DevTools Protocol: what the PDF
/// service is compared with. Safe from several threads; each page belongs to one of them.
final class Chromium implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(30);
    private static final int ANSWER_SECONDS = 60;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ManagedProcess process;
    private final WebSocket socket;
    private final Answers answers;
    private final AtomicInteger lastId = new AtomicInteger();

    private Chromium(ManagedProcess process, WebSocket socket, Answers answers) {
        this.process = process;
        this.socket = socket;
        this.answers = answers;
    }

    /// The browser of this machine, where it has one.
    static Optional<Path> installed() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path browser, Bench bench, int number)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        browser.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-extensions",
                        "--disable-background-networking",
                        "--remote-debugging-address=127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + bench.folder("chromium-" + number),
                        "about:blank");
        ManagedProcess process =
                ManagedProcess.start(
                        "chromium",
                        bench.work(),
                        command,
                        Map.of(),
                        Files.createDirectories(bench.work().resolve("logs"))
                                .resolve("chromium-" + System.nanoTime() + ".log"));
        String address = process.awaitLine("DevTools listening on ", START);
        Answers answers = new Answers();
        WebSocket socket =
                CLIENT.newWebSocketBuilder().buildAsync(URI.create(address), answers).join();
        return new Chromium(process, socket, answers);
    }

    ManagedProcess process() {
        return process;
    }

    /// Opens an empty page.
    Page open() throws IOException, InterruptedException {
        String target =
                call("", "Target.createTarget", JSON.createObjectNode().put("url", "about:blank"))
                        .get("targetId")
                        .asText();
        String session =
                call(
                                "",
                                "Target.attachToTarget",
                                JSON.createObjectNode()
                                        .put("targetId", target)
                                        .put("flatten", true))
                        .get("sessionId")
                        .asText();
        String frame =
                call(session, "Page.getFrameTree", JSON.createObjectNode())
                        .at("/frameTree/frame/id")
                        .asText();
        return new Page(target, session, frame);
    }

    /// One tab.
    final class Page implements AutoCloseable {

        private final String target;
        private final String session;
        private final String frame;

        private Page(String target, String session, String frame) {
            this.target = target;
            this.session = session;
            this.frame = frame;
        }

        byte[] pdf(String html) throws IOException, InterruptedException {
            call(
                    session,
                    "Page.setDocumentContent",
                    JSON.createObjectNode().put("frameId", frame).put("html", html));
            JsonNode printed =
                    call(
                            session,
                            "Page.printToPDF",
                            JSON.createObjectNode()
                                    .put("printBackground", true)
                                    .put("preferCSSPageSize", true));
            return Base64.getDecoder().decode(printed.get("data").asText());
        }

        @Override
        public void close() throws IOException, InterruptedException {
            call("", "Target.closeTarget", JSON.createObjectNode().put("targetId", target));
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.close();
    }

    private JsonNode call(String session, String method, ObjectNode parameters)
            throws IOException, InterruptedException {
        int id = lastId.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = answers.expect(id);
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        try {
            JsonNode result = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (result.has("error")) {
                throw new IOException(method + ": " + result.get("error"));
            }
            return result.get("result");
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IOException(method, e);
        }
    }

    /// Gives each answer to the call that waits for it.
    private static final class Answers implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();

        CompletableFuture<JsonNode> expect(int id) {
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            waiting.put(id, answer);
            return answer;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answer(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void answer(String message) {
            try {
                JsonNode json = JSON.readTree(message);
                @Nullable CompletableFuture<JsonNode> call =
                        waiting.remove(json.path("id").asInt());
                if (call != null) {
                    call.complete(json);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
