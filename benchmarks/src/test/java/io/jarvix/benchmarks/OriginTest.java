package io.jarvix.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The origin against the JDK's HTTP client.
class OriginTest {

    private static final SitePlan PLAN = new SitePlan(8, 20, 20, 40, 0.5);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Origin origin;

    @BeforeAll
    static void start() throws InterruptedException {
        origin = Origin.start(PLAN, 0);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        origin.close();
    }

    @BeforeEach
    void forget() throws Exception {
        CLIENT.send(
                HttpRequest.newBuilder(control("/reset"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void a_page_is_html_of_its_planned_length_and_the_same_each_time() throws Exception {
        int page = first(Behaviour.PAGE);

        HttpResponse<byte[]> once = get(page);
        HttpResponse<byte[]> twice = get(page);

        assertThat(once.statusCode()).isEqualTo(200);
        assertThat(once.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(new String(once.body(), StandardCharsets.UTF_8))
                .startsWith("<!DOCTYPE html>")
                .contains("<title>", "<h1>")
                .endsWith("</html>\n");
        assertThat(once.body().length).isBetween(target(page) - 5_000, target(page) + 5_000);
        assertThat(twice.body()).isEqualTo(once.body());
    }

    @Test
    void pages_have_their_planned_length_on_average() throws Exception {
        long planned = 0;
        long sent = 0;
        for (int page : IntStream.range(0, 400).filter(n -> is(n, Behaviour.PAGE)).toArray()) {
            planned += target(page);
            sent += get(page).body().length;
        }

        assertThat((double) sent / planned).isBetween(0.97, 1.03);
    }

    @Test
    void a_duplicate_has_the_bytes_of_the_page_that_it_copies() throws Exception {
        int copy =
                IntStream.range(0, 10_000)
                        .filter(n -> is(n, Behaviour.PAGE) && PLAN.page(n).duplicate())
                        .filter(n -> is(PLAN.page(n).content(), Behaviour.PAGE))
                        .findFirst()
                        .orElseThrow();

        assertThat(get(copy).body()).isEqualTo(get(PLAN.page(copy).content()).body());
    }

    @Test
    void a_buying_page_shows_a_phrase_of_its_language() throws Exception {
        int page =
                IntStream.range(0, 1000)
                        .filter(n -> is(n, Behaviour.PAGE) && PLAN.page(n).buying())
                        .findFirst()
                        .orElseThrow();

        assertThat(new String(get(page).body(), StandardCharsets.UTF_8))
                .containsAnyOf(PLAN.page(page).language().buyingPhrases().toArray(String[]::new));
    }

    @Test
    void the_faults_that_pass_pass_at_the_second_time() throws Exception {
        assertThat(List.of(status(first(Behaviour.FLAKY)), status(first(Behaviour.FLAKY))))
                .containsExactly(500, 200);
        HttpResponse<byte[]> busy = get(first(Behaviour.BUSY));
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("retry-after")).contains("1");
        assertThat(status(first(Behaviour.BUSY))).isEqualTo(200);
        assertThat(status(first(Behaviour.NOT_FOUND))).isEqualTo(404);
    }

    @Test
    void a_redirect_leads_to_the_page() throws Exception {
        int page = first(Behaviour.REDIRECT);

        HttpResponse<byte[]> redirect = get(page);
        URI moved = uri(page).resolve(redirect.headers().firstValue("location").orElseThrow());
        HttpResponse<byte[]> arrived = get(moved);

        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(arrived.statusCode()).isEqualTo(200);
        assertThat(arrived.body().length).isGreaterThan(2_000);
    }

    @Test
    void a_bomb_opens_to_more_than_any_cap() throws Exception {
        HttpResponse<byte[]> bomb = get(first(Behaviour.BOMB));

        assertThat(bomb.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(bomb.body().length).isLessThan(400_000);
        try (InputStream opened =
                new GZIPInputStream(new java.io.ByteArrayInputStream(bomb.body()))) {
            assertThat(opened.transferTo(java.io.OutputStream.nullOutputStream()))
                    .isGreaterThan(60_000_000);
        }
    }

    @Test
    void a_reset_ends_the_connection_in_the_middle() {
        assertThatThrownBy(() -> get(first(Behaviour.RESET))).isInstanceOf(IOException.class);
    }

    @Test
    void a_drip_sends_its_head_and_never_its_end() throws Exception {
        int page = first(Behaviour.DRIP);
        URI uri = uri(page);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            ("GET " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));

            byte[] head = socket.getInputStream().readNBytes(15);

            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(counters().get("inFlight").asInt()).isEqualTo(1);
        }
    }

    @Test
    void the_counters_prove_how_many_were_in_flight() throws Exception {
        int[] pages =
                IntStream.range(0, 2_000).filter(n -> is(n, Behaviour.PAGE)).limit(60).toArray();

        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int page : pages) {
            answers.add(
                    CLIENT.sendAsync(
                            HttpRequest.newBuilder(uri(page)).build(), BodyHandlers.ofByteArray()));
        }
        answers.forEach(CompletableFuture::join);
        get(uri(pages[0]).resolve("/robots.txt"));
        JsonNode counters = counters();

        assertThat(counters.get("requests").asInt()).isEqualTo(61);
        assertThat(counters.get("robots").asInt()).isEqualTo(1);
        assertThat(counters.get("distinctPages").asInt()).isEqualTo(60);
        assertThat(counters.get("inFlight").asInt()).isZero();
        assertThat(counters.get("peakInFlight").asInt()).isBetween(10, 60);
        assertThat(counters.get("peakInFlightPerHost").asInt()).isBetween(1, 10);
        assertThat(counters.get("trespasses").asInt()).isZero();
    }

    @Test
    void a_private_page_is_forbidden_by_robots_and_counted_as_a_trespass() throws Exception {
        int page = first(Behaviour.PRIVATE);

        assertThat(uri(page).getPath()).startsWith("/private/");
        assertThat(new String(get(uri(page).resolve("/robots.txt")).body(), StandardCharsets.UTF_8))
                .contains("Disallow: /private/");
        assertThat(status(page)).isEqualTo(200);
        assertThat(counters().get("trespasses").asInt()).isEqualTo(1);
    }

    @Test
    void a_page_of_another_host_is_not_found() throws Exception {
        assertThat(
                        get(URI.create("http://127.0.1.1:" + origin.port() + "/en/a-b-1.html"))
                                .statusCode())
                .isEqualTo(404);
        assertThat(get(URI.create("http://127.0.1.1:" + origin.port() + "/nothing")).statusCode())
                .isEqualTo(404);
    }

    private static boolean is(int number, Behaviour behaviour) {
        return PLAN.page(number).behaviour() == behaviour;
    }

    private static int first(Behaviour behaviour) {
        return IntStream.range(0, 100_000).filter(n -> is(n, behaviour)).findFirst().orElseThrow();
    }

    private static int target(int number) {
        return PLAN.page(number).targetBytes();
    }

    private static int status(int number) throws Exception {
        return get(number).statusCode();
    }

    private static HttpResponse<byte[]> get(int number) throws Exception {
        return get(uri(number));
    }

    private static HttpResponse<byte[]> get(URI uri) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    }

    private static URI uri(int number) {
        return URI.create(PLAN.urlOf(number, origin.port()));
    }

    private static URI control(String path) {
        return URI.create("http://127.0.0.1:" + origin.port() + path);
    }

    private static JsonNode counters() throws Exception {
        return new ObjectMapper().readTree(get(control("/counters")).body());
    }
}
