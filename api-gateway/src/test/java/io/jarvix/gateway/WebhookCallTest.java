package io.jarvix.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server that speaks bytes, and ill-meant ones.
@SuppressWarnings("NullAway.Init")
class WebhookCallTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    private final Vertx vertx = Vertx.vertx();
    private final WebhookCall call = new WebhookCall(vertx, Duration.ofSeconds(1));
    private ServerSocket server;

    private interface Talk {
        void with(Socket socket) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        call.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void itConnectsToTheCheckedAddressWhateverTheNameSays() throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        serve(
                socket -> {
                    head.complete(readRequest(socket));
                    send(socket, "HTTP/1.1 204 No Content\r\n\r\n");
                });

        assertThat(call.post(target("no-such-name.invalid"), Map.of("webhook-id", "7"), BODY))
                .isEqualTo(204);
        assertThat(head.get(10, TimeUnit.SECONDS))
                .startsWith("POST /hook?x=1 HTTP/1.1\r\n")
                .contains("no-such-name.invalid:" + server.getLocalPort())
                .contains("webhook-id: 7");
    }

    @Test
    void aReceiverThatDoesNotAnswerIsGivenUpInTime() throws Exception {
        serve(
                socket ->
                        socket.getInputStream()
                                .transferTo(java.io.OutputStream.nullOutputStream()));

        assertThatThrownBy(() -> call.post(target("127.0.0.1"), Map.of(), BODY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("did not answer within 1 s");
    }

    @Test
    void anAnswerWithoutEndIsCut() throws Exception {
        CompletableFuture<Boolean> cut = new CompletableFuture<>();
        serve(
                socket -> {
                    try {
                        readRequest(socket);
                        send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n");
                        byte[] much = new byte[8_192];
                        while (true) {
                            socket.getOutputStream().write(much);
                        }
                    } catch (IOException e) {
                        cut.complete(true);
                    }
                });

        assertThat(call.post(target("127.0.0.1"), Map.of(), BODY)).isEqualTo(200);
        assertThat(cut.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void headersWithoutEndAreNoAnswer() throws Exception {
        serve(
                socket -> {
                    readRequest(socket);
                    send(socket, "HTTP/1.1 200 OK\r\nx: " + "x".repeat(100_000));
                });

        assertThatThrownBy(() -> call.post(target("127.0.0.1"), Map.of(), BODY))
                .isInstanceOf(IOException.class);
    }

    private WebhookTarget target(String host) {
        return new WebhookTarget(
                host, server.getLocalPort(), false, "/hook?x=1", InetAddress.getLoopbackAddress());
    }

    private void serve(Talk talk) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try (Socket socket = server.accept()) {
                                talk.with(socket);
                            } catch (IOException e) {
                                // The test says what was expected.
                            }
                        });
    }

    /// An answer that comes before its request is none.
    private static String readRequest(Socket socket) throws IOException {
        byte[] read = new byte[2_000];
        int length = socket.getInputStream().read(read);
        return new String(read, 0, length, UTF_8);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }
}
