package io.jarvix.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Answers `POST /reports` as pdf-service does, as long as a test does not ask for anything else.
public final class PdfServer implements QuarkusTestResourceLifecycleManager {

    static final byte[] PDF = "%PDF-1.7 rendered now".getBytes(StandardCharsets.UTF_8);

    private static final ConcurrentLinkedQueue<Integer> PLANNED = new ConcurrentLinkedQueue<>();
    private static final ConcurrentLinkedQueue<ReportRequest> REQUESTS =
            new ConcurrentLinkedQueue<>();
    private static volatile boolean down;
    private static volatile @Nullable CountDownLatch stall;

    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server = started;
            started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            started.createContext("/reports", PdfServer::answer);
            started.start();
            return Map.of(
                    "quarkus.rest-client.gateway-pdf.url",
                    "http://127.0.0.1:" + started.getAddress().getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        answersWell();
        if (server != null) {
            server.stop(0);
        }
    }

    static void answersWell() {
        down = false;
        PLANNED.clear();
        CountDownLatch stalled = stall;
        stall = null;
        if (stalled != null) {
            stalled.countDown();
        }
    }

    /// The next calls are answered with these statuses.
    static void answersFirst(Integer... statuses) {
        PLANNED.addAll(List.of(statuses));
    }

    /// Every call is answered with 500.
    static void isBroken() {
        down = true;
    }

    /// No call is answered.
    static void stalls() {
        stall = new CountDownLatch(1);
    }

    static List<ReportRequest> requests() {
        return List.copyOf(REQUESTS);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            REQUESTS.add(Wire.read(exchange.getRequestBody().readAllBytes(), ReportRequest.class));
            CountDownLatch stalled = stall;
            if (stalled != null) {
                stalled.await();
            }
            Integer planned = PLANNED.poll();
            int status = planned != null ? planned : down ? 500 : 200;
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            status == 200 ? "application/pdf" : "application/problem+json");
            byte[] body = status == 200 ? PDF : "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (UnreadableMessageException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
