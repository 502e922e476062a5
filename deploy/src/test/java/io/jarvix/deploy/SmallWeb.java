package io.jarvix.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A web of twenty hosts on one loopback port. Every answer takes a while; every tenth page is
/// missing.
final class SmallWeb implements AutoCloseable {

    private static final int HOSTS = 20;
    private static final long MILLIS_PER_ANSWER = 40;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SmallWeb() throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", SmallWeb::answer);
        server.start();
    }

    /// URLs of `count` pages, spread over the hosts.
    Stream<String> urls(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        page ->
                                "http://%s:%d/page/%d"
                                        .formatted(
                                                host(page % HOSTS),
                                                server.getAddress().getPort(),
                                                page));
    }

    /// The JVM options that teach the collector the hosts' addresses.
    String addresses() {
        return IntStream.range(0, HOSTS)
                .mapToObj(i -> "-Djarvix.collector.hosts.\"" + host(i) + "\"=127.0.0.1")
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
    }

    static int missing(int count) {
        return (int) IntStream.range(0, count).filter(page -> page % 10 == 3).count();
    }

    private static String host(int number) {
        return "site-" + number + ".example";
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean found = path.startsWith("/page/") && !path.endsWith("3");
        String page =
                "<!doctype html><html lang=en><title>Product %s</title><h1>Product</h1><p>%s</p>"
                        .formatted(path, "What it does, for whom, and what it costs. ".repeat(60));
        try {
            Thread.sleep(MILLIS_PER_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] body = page.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(found ? 200 : 404, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
