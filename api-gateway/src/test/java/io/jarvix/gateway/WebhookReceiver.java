package io.jarvix.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes webhooks on 127.0.0.1, keeps them, and answers with the statuses it was given and then
/// with 204.
final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private volatile int usualStatus = 204;

    record Call(String path, Function<String, @Nullable String> header, byte[] body) {

        String id() {
            return String.valueOf(header.apply("webhook-id"));
        }

        String header(String name) {
            return String.valueOf(header.apply(name));
        }
    }

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answerFirst(Integer... these) {
        statuses.addAll(List.of(these));
    }

    void answer(int status) {
        usualStatus = status;
    }

    /// What came to a path.
    List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(
                    new Call(
                            exchange.getRequestURI().getPath(),
                            exchange.getRequestHeaders()::getFirst,
                            body));
            Integer status = statuses.poll();
            exchange.getResponseHeaders().add("Location", url("/elsewhere"));
            exchange.sendResponseHeaders(status == null ? usualStatus : status, -1);
        }
    }
}
