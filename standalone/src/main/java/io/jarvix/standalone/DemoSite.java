package io.jarvix.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jarvix.standalone.DemoSiteAnswer.CutOff;
import io.jarvix.standalone.DemoSiteAnswer.Delayed;
import io.jarvix.standalone.DemoSiteAnswer.EveryOther;
import io.jarvix.standalone.DemoSiteAnswer.Page;
import io.jarvix.standalone.DemoSiteAnswer.Redirect;
import io.jarvix.standalone.DemoSiteAnswer.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The web sites of some fictitious companies, served on loopback, so that `examples/seeds.txt`
/// works without the internet. Each company has an address of its own out of 127.77.0.0/24; where
/// the system has no other loopback address than 127.0.0.1 (macOS), all of them share that one.
/// The company is the one that the Host header names, else (for a person with a browser) the one
/// whose address was asked. Thread rule: start and close from one thread.
final class DemoSite implements AutoCloseable {

    /// The port in the URLs of `examples/seeds.txt`.
    static final int PORT = 8077;

    private final Map<String, String> addresses;
    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    private DemoSite(Map<String, String> addresses) {
        this.addresses = addresses;
    }

    /// Starts the site on its port.
    ///
    /// @throws IOException where the port is taken; the message says what to do
    static DemoSite start() throws IOException {
        return start(PORT);
    }

    static DemoSite start(int port) throws IOException {
        return start(port, canBind("127.77.0.1"));
    }

    /// @param ownAddresses each company on an address of its own, or all on 127.0.0.1
    static DemoSite start(int port, boolean ownAddresses) throws IOException {
        DemoSite site = new DemoSite(addresses(ownAddresses));
        try {
            for (String address : site.addresses.values().stream().distinct().toList()) {
                site.listen(address, port);
            }
        } catch (IOException e) {
            site.close();
            throw e;
        }
        return site;
    }

    /// Whether the name is one of the demo companies', in any case of its letters.
    static boolean isDemoHost(String host) {
        return DemoSiteTable.HOSTS.contains(host.toLowerCase(Locale.ROOT));
    }

    /// Host name to address, for a static host table.
    Map<String, String> hosts() {
        return addresses;
    }

    /// The addresses that the site listens on, each as a /32, for an allow list.
    List<String> cidrs() {
        return addresses.values().stream().distinct().map(address -> address + "/32").toList();
    }

    /// Stops listening and breaks off what is under way.
    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        executor.shutdownNow();
    }

    private static Map<String, String> addresses(boolean ownAddresses) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String host : DemoSiteTable.HOSTS) {
            addresses.put(host, ownAddresses ? "127.77.0." + (addresses.size() + 1) : "127.0.0.1");
        }
        return Collections.unmodifiableMap(addresses);
    }

    private static boolean canBind(String address) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void listen(String address, int port) throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), 0);
        } catch (BindException e) {
            throw new IOException(
                    "The demo site cannot listen on port %d of %s, since another program has it. Stop that program (perhaps another `jarvix run` of the demo seeds) and try again."
                            .formatted(port, address),
                    e);
        }
        servers.add(server);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            @Nullable String host = hostOf(exchange);
            if (host == null) {
                sendStatus(exchange, 421);
            } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                sendStatus(exchange, 405);
            } else {
                String path = exchange.getRequestURI().getPath();
                send(exchange, host, DemoSiteTable.answer(host, path));
            }
        }
    }

    private @Nullable String hostOf(HttpExchange exchange) {
        String header =
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
        String name = header.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        if (isDemoHost(name)) {
            return name;
        }
        String asked = exchange.getLocalAddress().getAddress().getHostAddress();
        List<String> owners =
                addresses.keySet().stream()
                        .filter(host -> asked.equals(addresses.get(host)))
                        .toList();
        return owners.size() == 1 ? owners.getFirst() : null;
    }

    private void send(HttpExchange exchange, String host, DemoSiteAnswer answer)
            throws IOException {
        switch (answer) {
            case Page page -> {
                byte[] body = read(host, page);
                sendBody(exchange, 200, page.contentType(), body, body.length);
            }
            case Status status -> sendStatus(exchange, status.code());
            case Redirect redirect -> {
                exchange.getResponseHeaders().set("Location", redirect.location());
                sendStatus(exchange, redirect.code());
            }
            case Delayed delayed -> {
                await(delayed.delay());
                send(exchange, host, delayed.answer());
            }
            case EveryOther every -> {
                int count = requests.merge(host + exchange.getRequestURI(), 1, Integer::sum);
                send(exchange, host, count % 2 == 1 ? new Status(every.code()) : every.answer());
            }
            case CutOff cut -> {
                byte[] body = read(host, cut.page());
                sendBody(exchange, 200, cut.page().contentType(), body, body.length / 2);
            }
        }
    }

    private static byte[] read(String host, Page page) throws IOException {
        @Nullable URL resource = DemoSiteTable.resource(host, page.file());
        if (resource == null) {
            throw new FileNotFoundException("demo/" + host + "/" + page.file());
        }
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        }
    }

    private static void sendStatus(HttpExchange exchange, int code) throws IOException {
        String html =
                "<!DOCTYPE html>\n<html lang=\"en\"><title>%1$d</title><h1>%1$d</h1></html>\n"
                        .formatted(code);
        byte[] body = html.getBytes(UTF_8);
        sendBody(exchange, code, "text/html; charset=utf-8", body, body.length);
    }

    /// @param sent how much of the body is sent; where it is less than was announced, closing the
    /// exchange closes the connection
    private static void sendBody(
            HttpExchange exchange, int code, String contentType, byte[] body, int sent)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, sent);
        out.flush();
    }

    private static void await(Duration delay) throws IOException {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The demo site was closed.");
        }
    }
}
