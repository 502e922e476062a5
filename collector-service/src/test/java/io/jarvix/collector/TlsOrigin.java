package io.jarvix.collector;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A server with TLS, which answers each request with the HTTP version by which it came.
final class TlsOrigin implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger failedHandshakes = new AtomicInteger();
    private final Queue<String> pages = new ConcurrentLinkedQueue<>();

    /// @param alias the certificate that it shows
    /// @param http2 whether it offers HTTP/2
    TlsOrigin(TestCertificates certificates, String alias, boolean http2) throws Exception {
        this.server =
                vertx.createHttpServer(
                                new HttpServerOptions()
                                        .setSsl(true)
                                        .setUseAlpn(http2)
                                        .setKeyCertOptions(
                                                new PfxOptions()
                                                        .setPath(certificates.keyStore().toString())
                                                        .setPassword(TestCertificates.PASSWORD)
                                                        .setAlias(alias)))
                        .connectionHandler(connection -> connections.incrementAndGet())
                        .exceptionHandler(failure -> failedHandshakes.incrementAndGet())
                        .requestHandler(this::answer)
                        .listen(0, "0.0.0.0")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/robots.txt")) {
            request.response().end("User-agent: *\nAllow: /\n");
            return;
        }
        pages.add(request.path());
        request.response().end(request.version().alpnName());
    }

    String url(String host, String path) {
        return "https://" + host + ":" + server.actualPort() + path;
    }

    int connections() {
        return connections.get();
    }

    int failedHandshakes() {
        return failedHandshakes.get();
    }

    Queue<String> pages() {
        return pages;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
