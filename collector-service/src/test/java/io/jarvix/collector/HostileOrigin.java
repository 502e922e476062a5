package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// A server on raw sockets that does what no library would let it do. It answers on every address
/// of 127.0.0.0/8, so that each case can have a host of its own.
final class HostileOrigin implements AutoCloseable {

    private static final byte[] MEBIBYTE = new byte[1024 * 1024];

    private final ServerSocket server;
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();

    HostileOrigin() throws IOException {
        this.server = new ServerSocket(0, 500, InetAddress.getByName("0.0.0.0"));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// @param host the last part of 127.77.0.x
    String url(int host, String path) {
        return "http://127.77.0." + host + ":" + port() + path;
    }

    int requestsFor(String path) {
        AtomicInteger count = requests.get(path);
        return count == null ? 0 : count.get();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                synchronized (sockets) {
                    sockets.add(socket);
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            while (true) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                String header = line;
                while (header != null && !header.isEmpty()) {
                    header = in.readLine();
                }
                String path = line.split(" ")[1];
                int count =
                        requests.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
                if (!answer(path, count, out)) {
                    return;
                }
                out.flush();
            }
        } catch (IOException e) {
            // The client went away, which is what most cases are about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether the connection goes on
    private boolean answer(String path, int count, OutputStream out)
            throws IOException, InterruptedException {
        switch (path) {
            case "/robots.txt" -> page(out, "200 OK", "", "User-agent: *\nAllow: /\n");
            case "/page" -> page(out, "200 OK", "Content-Type: text/html\r\n", "<p>page</p>");
            case "/404" -> page(out, "404 Not Found", "", "<p>nothing</p>");
            case "/403" -> page(out, "403 Forbidden", "", "<p>no</p>");
            case "/503" -> page(out, "503 Busy", "", "<p>busy</p>");
            case "/503-then-200" ->
                    page(out, count == 1 ? "503 Busy" : "200 OK", "Retry-After: 1\r\n", "late");
            case "/500-then-200" -> page(out, count == 1 ? "500 Oops" : "200 OK", "", "late");
            case "/204" -> text(out, "HTTP/1.1 204 No Content\r\n\r\n");
            case "/304" -> text(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
            case "/http10" -> {
                text(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold");
                return false;
            }
            case "/silent" -> closed.await();
            case "/slow-headers" -> drip(out, "HTTP/1.1 200 OK\r\nX-A: ");
            case "/slow-body" -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            case "/endless" -> endless(out);
            case "/50mb" -> large(out, 50);
            case "/cut" -> {
                text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
                return false;
            }
            case "/cut-chunked" -> {
                text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nonly");
                return false;
            }
            case "/reset-always" -> {
                return false;
            }
            case "/reset-once" -> {
                if (count == 1) {
                    return false;
                }
                page(out, "200 OK", "", "late");
            }
            case "/too-long" ->
                    text(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more");
            case "/header-flood" -> headerFlood(out);
            case "/not-http" -> text(out, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
            case "/bad-length" -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nmany");
            case "/loop" -> redirect(out, "/loop2");
            case "/loop2" -> redirect(out, "/loop");
            case "/to-private" -> redirect(out, "http://169.254.169.254/latest/meta-data/");
            case "/to-file" -> redirect(out, "file:///etc/passwd");
            case "/to-nowhere" -> redirect(out, "");
            case "/to-garbage" -> redirect(out, "http://[oops");
            case "/to-utf8" -> redirect(out, "/p\u00C3\u00A1gina");
            case "/to-page" -> redirect(out, "page");
            case "/gzip" -> encoded(out, "gzip", gzip("zipped".getBytes(UTF_8)));
            case "/gzip-bomb" -> encoded(out, "gzip", gzip(zeros(64)));
            case "/nested-bomb" -> encoded(out, "deflate, gzip", gzip(deflate(zeros(64))));
            case "/not-gzip" -> encoded(out, "gzip", "plain".getBytes(UTF_8));
            case "/unknown-encoding" -> encoded(out, "snake", "ssss".getBytes(UTF_8));
            case "/charset" ->
                    page(
                            out,
                            "200 OK",
                            "Content-Type: text/html; charset=\"klingon\"\r\n",
                            "Qapla'");
            default -> other(path, out);
        }
        return true;
    }

    private void other(String path, OutputStream out) throws IOException {
        if (path.startsWith("/hop/")) {
            int hop = Integer.parseInt(path.substring(5));
            redirect(out, "/hop/" + (hop + 1));
        } else if (path.startsWith("/noise/")) {
            byte[] noise = new byte[6 * 1024 * 1024];
            new Random(path.hashCode()).nextBytes(noise);
            text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + noise.length + "\r\n\r\n");
            out.write(noise);
        } else {
            page(out, "200 OK", "", path);
        }
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static void page(OutputStream out, String status, String headers, String body)
            throws IOException {
        text(
                out,
                "HTTP/1.1 "
                        + status
                        + "\r\n"
                        + headers
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    private static void redirect(OutputStream out, String location) throws IOException {
        text(out, "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static void encoded(OutputStream out, String encoding, byte[] body) throws IOException {
        text(
                out,
                "HTTP/1.1 200 OK\r\nContent-Encoding: "
                        + encoding
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n");
        out.write(body);
    }

    private void drip(OutputStream out, String begin) throws IOException, InterruptedException {
        text(out, begin);
        while (closed.getCount() > 0) {
            out.write('x');
            out.flush();
            boolean over = closed.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
            if (over) {
                return;
            }
        }
    }

    private static void endless(OutputStream out) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
            text(out, "100000\r\n");
            out.write(MEBIBYTE);
            text(out, "\r\n");
        }
    }

    private static void large(OutputStream out, int mebibytes) throws IOException {
        text(
                out,
                "HTTP/1.1 200 OK\r\nContent-Length: "
                        + mebibytes * (long) MEBIBYTE.length
                        + "\r\n\r\n");
        for (int i = 0; i < mebibytes; i++) {
            out.write(MEBIBYTE);
        }
    }

    private static void headerFlood(OutputStream out) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\n");
        String value = "x".repeat(1000);
        for (int i = 0; i < 10_000; i++) {
            text(out, "X-Flood-" + i + ": " + value + "\r\n");
        }
        text(out, "\r\n");
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] deflate(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    static byte[] zeros(int mebibytes) {
        return new byte[mebibytes * 1024 * 1024];
    }
}
