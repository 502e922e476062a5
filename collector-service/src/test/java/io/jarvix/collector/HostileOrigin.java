package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A server on raw sockets that does what no library would let it do. It answers on every address
/// of 127.0.0.0/8, so that each case can have a host of its own. What it says is in
/// [HostileAnswers], but for what a test makes it say.
final class HostileOrigin implements AutoCloseable {

    /// What is said to a request.
    interface Answer {

        /// @param count which request for this path it is, from 1
        /// @return whether the connection goes on
        boolean to(OutputStream out, int count) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Thread acceptor;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Map<String, String> lastHeaders = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HeldRequests held = new HeldRequests();
    private final List<Socket> sockets = new ArrayList<>();

    HostileOrigin() throws IOException {
        this.server = new ServerSocket(0, 500, InetAddress.getByName("0.0.0.0"));
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// @param host the last part of 127.77.0.x
    static String host(int host) {
        return "127.77.0." + host;
    }

    String url(int host, String path) {
        return url(host(host), path);
    }

    String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /// From now on the host answers so to the path.
    void on(int host, String path, Answer answer) {
        answers.put(host(host) + path, answer);
    }

    int requestsFor(String path) {
        return counter(path).get();
    }

    int requestsFor(int host, String path) {
        return counter(host(host) + path).get();
    }

    /// The last request for the path, its lines as they came.
    String lastRequestFor(String path) {
        return lastHeaders.getOrDefault(path, "");
    }

    int connections() {
        return connections.get();
    }

    /// Opens when the server closes.
    CountDownLatch closed() {
        return closed;
    }

    /// The requests for paths that begin with `/held`.
    HeldRequests held() {
        return held;
    }

    /// After it nobody answers at the port.
    @Override
    public void close() throws IOException, InterruptedException {
        closed.countDown();
        held.release();
        server.close();
        acceptor.join();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private AtomicInteger counter(String key) {
        return requests.computeIfAbsent(key, k -> new AtomicInteger());
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
                if (line == null || !answer(line, headers(in), out)) {
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

    private static List<String> headers(BufferedReader in) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            headers.add(line.toLowerCase(Locale.ROOT));
        }
        return headers;
    }

    private boolean answer(String line, List<String> headers, OutputStream out)
            throws IOException, InterruptedException {
        String path = line.split(" ")[1];
        String host =
                headers.stream()
                        .filter(header -> header.startsWith("host: "))
                        .map(header -> header.substring("host: ".length()).replaceFirst(":.*", ""))
                        .findFirst()
                        .orElse("");
        lastHeaders.put(path, line + "\n" + String.join("\n", headers));
        counter(host + path).incrementAndGet();
        int count = counter(path).incrementAndGet();
        if (path.startsWith("/held")) {
            held.hold(host);
        }
        @Nullable Answer scripted = answers.get(host + path);
        return scripted == null
                ? HostileAnswers.answer(path, count, out, closed)
                : scripted.to(out, count);
    }

    /// Requests that are kept waiting until a test lets them go, and how many there were at once.
    static final class HeldRequests {
        private final CountDownLatch released = new CountDownLatch(1);
        private final Map<String, Integer> nowByHost = new ConcurrentHashMap<>();
        private int now;
        private int most;
        private int mostOfOneHost;

        private void hold(String host) throws InterruptedException {
            synchronized (this) {
                most = Math.max(most, ++now);
                mostOfOneHost = Math.max(mostOfOneHost, nowByHost.merge(host, 1, Integer::sum));
            }
            released.await();
            synchronized (this) {
                now--;
                nowByHost.merge(host, -1, Integer::sum);
            }
        }

        void release() {
            released.countDown();
        }

        synchronized int now() {
            return now;
        }

        synchronized int most() {
            return most;
        }

        synchronized int mostOfOneHost() {
            return mostOfOneHost;
        }
    }
}
