import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// The web that verify-compose.sh crawls: any host, pages by number. What a page does is told by its number, so that
/// the script can say beforehand how each URL must end: every 10th is missing (404), every 10th fails once with 500
/// and then works, every 10th redirects to its neighbour; each answer takes 100 ms.
class Origin {

    private static final Set<String> FAILED_ONCE = ConcurrentHashMap.newKeySet();

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(80), 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Origin::answer);
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/robots.txt")) {
            respond(exchange, 200, "User-agent: *\nDisallow: /private\n");
            return;
        }
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int page = Integer.parseInt(path.replaceAll("\\D", "0"));
        String key = exchange.getRequestHeaders().getFirst("Host") + path;
        switch (page % 10) {
            case 3 -> respond(exchange, 404, "<title>Not here</title>");
            case 5 -> {
                boolean first = FAILED_ONCE.add(key);
                respond(exchange, first ? 500 : 200, first ? "Try again" : html(page));
            }
            case 7 -> {
                exchange.getResponseHeaders().set("Location", "/page/" + (page + 1));
                respond(exchange, 302, "");
            }
            default -> respond(exchange, 200, html(page));
        }
    }

    private static String html(int page) {
        StringBuilder text = new StringBuilder("<!doctype html><html lang=en><head><title>Product ")
                .append(page).append("</title></head><body><h1>Product ").append(page).append("</h1>");
        for (int i = 0; i < 200; i++) {
            text.append("<p>Paragraph ").append(i).append(" of page ").append(page)
                    .append(" tells what the product does, for whom it was made and what it is built of, in so many words.</p>");
        }
        return text.append(page % 2 == 0 ? "<p>Add to cart</p>" : "").append("</body></html>").toString();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
