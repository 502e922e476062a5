package io.jarvix.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.ParsedUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The demo site against `examples/seeds.txt` and what `demo-expected.csv` expects of each line,
/// asked over plain sockets (the JDK's HTTP client lets nobody set the Host header).
class DemoSiteTest {

    private static final Path SEEDS = Path.of("..", "examples", "seeds.txt");
    private static final int MOST_REDIRECTS = 10;

    private static DemoSite site;
    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = freePort();
        site = DemoSite.start(port);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /// One line of `demo-expected.csv`.
    ///
    /// @param reason a FailureKind, a BlockRule, or the line of which this one is a duplicate
    record Expected(int line, String url, String state, String reason, String action) {

        String host() {
            return Objects.requireNonNull(URI.create(url).getHost(), url).toLowerCase(Locale.ROOT);
        }

        String path() {
            return URI.create(url).getRawPath();
        }

        boolean isServed() {
            return switch (state) {
                case "INVALID", "DUPLICATE" -> false;
                default ->
                        DemoSite.isDemoHost(host()) && URI.create(url).getPort() == DemoSite.PORT;
            };
        }
    }

    /// @param body what arrived, which may be less than was announced
    record Answer(int status, Map<String, String> headers, byte[] body) {

        int announcedLength() {
            return Integer.parseInt(headers.getOrDefault("content-length", "-1"));
        }
    }

    /// @param redirects the paths that were redirected to, in their order
    record Visit(List<String> redirects, Answer last) {}

    @TestFactory
    Stream<DynamicTest> everySeedIsServedAsExpected() throws Exception {
        return expectations().stream()
                .map(seed -> DynamicTest.dynamicTest(seed.url(), () -> assertServed(seed)));
    }

    private static void assertServed(Expected seed) throws Exception {
        switch (seed.state()) {
            case "SCORED" -> {
                assertThat(seed.action()).isIn("BUY", "MONITOR", "SKIP");
                Answer answer = visit(seed).last();
                if (answer.status() >= 500) {
                    answer = visit(seed).last();
                }
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isNotEmpty().hasSize(answer.announcedLength());
            }
            case "FAILED" -> assertFails(seed, FailureKind.valueOf(seed.reason()));
            case "BLOCKED" -> assertBlocked(seed, BlockRule.valueOf(seed.reason()));
            case "INVALID" ->
                    assertThat(CanonicalUrl.parse(seed.url()))
                            .isInstanceOf(ParsedUrl.Invalid.class);
            case "DUPLICATE" -> {
                Expected first =
                        expectations().stream()
                                .filter(other -> other.line() == Integer.parseInt(seed.reason()))
                                .findFirst()
                                .orElseThrow();
                assertThat(CanonicalUrl.parse(seed.url()))
                        .isEqualTo(CanonicalUrl.parse(first.url()));
            }
            default -> throw new AssertionError("unknown state " + seed.state());
        }
    }

    private static void assertFails(Expected seed, FailureKind kind) throws Exception {
        Answer answer = get(seed.host(), seed.path());
        switch (kind) {
            case HTTP_CLIENT_ERROR -> assertThat(answer.status()).isIn(403, 404);
            case HTTP_SERVER_ERROR -> {
                assertThat(answer.status()).isEqualTo(500);
                assertThat(get(seed.host(), seed.path()).status()).isEqualTo(500);
            }
            case CONNECTION_LOST ->
                    assertThat(answer.body())
                            .isNotEmpty()
                            .hasSizeLessThan(answer.announcedLength());
            case TOO_MANY_REDIRECTS ->
                    assertThat(visit(seed).redirects()).hasSizeGreaterThan(MOST_REDIRECTS);
            default -> throw new AssertionError("the demo site does not do " + kind);
        }
    }

    private static void assertBlocked(Expected seed, BlockRule rule) throws Exception {
        switch (rule) {
            case ROBOTS -> {
                assertThat(robots(seed.host()).isAllowed(seed.url())).isFalse();
                assertThat(get(seed.host(), seed.path()).status()).isEqualTo(200);
            }
            case ROBOTS_UNREACHABLE ->
                    assertThat(get(seed.host(), "/robots.txt").status()).isEqualTo(503);
            case PATH -> assertThat(seed.path()).isEqualTo("/login");
            case PORT -> assertThat(URI.create(seed.url()).getPort()).isEqualTo(22);
            case ADDRESS ->
                    assertThat(InetAddress.getByName(seed.host()).isSiteLocalAddress()).isTrue();
            default -> throw new AssertionError("the demo site does not do " + rule);
        }
    }

    @Test
    void theExpectationsAreAboutEveryLineOfTheSeeds() throws Exception {
        List<String> lines = Files.readAllLines(SEEDS);
        List<String> seeds = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                seeds.add((i + 1) + " " + lines.get(i));
            }
        }
        assertThat(expectations().stream().map(e -> e.line() + " " + e.url()))
                .containsExactlyElementsOf(seeds);
    }

    @Test
    void onlyTheDeclaredLinesAreInvalidOrDuplicates() throws Exception {
        Set<ParsedUrl> seen = new LinkedHashSet<>();
        for (Expected seed : expectations()) {
            ParsedUrl parsed = CanonicalUrl.parse(seed.url());
            boolean open =
                    switch (parsed) {
                        case ParsedUrl.Invalid invalid -> false;
                        case CanonicalUrl url -> seen.add(url);
                    };
            assertThat(seed.state().equals("INVALID") || seed.state().equals("DUPLICATE"))
                    .as(seed.url())
                    .isEqualTo(!open);
        }
    }

    @Test
    void thereIsNoPageThatNoSeedLeadsTo() throws Exception {
        Set<String> reached = new LinkedHashSet<>();
        for (Expected seed : expectations().stream().filter(Expected::isServed).toList()) {
            reached.add(fileOf(seed.host(), seed.path()));
            if (DemoSiteTable.answer(seed.host(), seed.path()) instanceof DemoSiteAnswer.Redirect) {
                visit(seed).redirects().forEach(path -> reached.add(fileOf(seed.host(), path)));
            }
        }
        assertThat(reached).containsAll(pageFiles());
    }

    @Test
    void robotsTxtForbidsWhatIsDeclaredAndNothingElse() throws Exception {
        for (Expected seed : expectations().stream().filter(Expected::isServed).toList()) {
            assertThat(robots(seed.host()).isAllowed(seed.url()))
                    .as(seed.url())
                    .isEqualTo(!seed.reason().startsWith("ROBOTS"));
        }
        assertThat(robots("casa-verde.example").getCrawlDelay()).isEqualTo(1_000);
    }

    @Test
    void theFlakyPageFailsOnEveryOtherRequest() throws Exception {
        int freshPort = freePort();
        List<Integer> statuses = new ArrayList<>();
        try (DemoSite fresh = DemoSite.start(freshPort)) {
            String address = Objects.requireNonNull(fresh.hosts().get("brokenware.example"));
            for (int i = 0; i < 4; i++) {
                statuses.add(exchange(address, freshPort, "brokenware.example", "/flaky").status());
            }
        }
        assertThat(statuses).containsExactly(500, 200, 500, 200);
    }

    @Test
    void theSaleHasTheSameBytesAsTheProductPage() throws Exception {
        assertThat(get("lumen-lamps.example", "/sale/arc-floor-lamp").body())
                .isEqualTo(get("lumen-lamps.example", "/lamps/arc-floor-lamp").body());
    }

    @Test
    void theCharsetOfTheWinterPageIsToldByItsMetaElementAlone() throws Exception {
        Answer answer = get("nordwind-raeder.example", "/winter");
        assertThat(answer.headers()).containsEntry("content-type", "text/html");
        assertThat(new String(answer.body(), ISO_8859_1))
                .contains("<meta charset=\"iso-8859-1\">", "Kälte, Nässe und Glätte");
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("Kälte");
    }

    @Test
    void theDataSheetIsAPdf() throws Exception {
        Answer answer = get("atlas-robotics.example", "/downloads/ar-6-datasheet.pdf");
        assertThat(answer.headers()).containsEntry("content-type", "application/pdf");
        assertThat(new String(answer.body(), ISO_8859_1)).startsWith("%PDF-1.4").contains("%%EOF");
    }

    @Test
    void whatIsNotThereIsA404AndNoWayOutOfTheFolder() throws Exception {
        assertThat(
                        Stream.of(
                                "/nothing",
                                "/lamps/",
                                "/lamps/../../brokenware.example/store",
                                "/%2e%2e/brokenware.example/store",
                                "//brokenware.example/store"))
                .allSatisfy(
                        path ->
                                assertThat(get("lumen-lamps.example", path).status())
                                        .as(path)
                                        .isEqualTo(404));
    }

    @Test
    void aHostThatIsNoneOfTheCompaniesIsRefusedWhereAllShareOneAddress() throws Exception {
        int sharedPort = freePort();
        try (DemoSite shared = DemoSite.start(sharedPort, false)) {
            Answer stranger = exchange("127.0.0.1", sharedPort, "stranger.example", "/");
            Answer known = exchange("127.0.0.1", sharedPort, "casa-verde.example", "/");
            assertThat(shared.cidrs()).containsExactly("127.0.0.1/32");
            assertThat(shared.hosts()).hasSize(10).containsValue("127.0.0.1");
            assertThat(stranger.status()).isEqualTo(421);
            assertThat(new String(known.body(), UTF_8)).contains("Plantas que llegan vivas");
        }
    }

    @Test
    void theHostsAndTheirAddressesBelongTogether() {
        assertThat(site.hosts().keySet()).hasSize(10).allMatch(DemoSite::isDemoHost);
        assertThat(site.cidrs())
                .containsExactlyElementsOf(
                        site.hosts().values().stream().distinct().map(a -> a + "/32").toList());
        assertThat(DemoSite.isDemoHost("Lumen-Lamps.EXAMPLE")).isTrue();
        assertThat(DemoSite.isDemoHost("www.lumen-lamps.example")).isFalse();
        assertThat(DemoSite.isDemoHost("10.0.0.1")).isFalse();
    }

    @Test
    void aTakenPortIsNamedTogetherWithWhatToDo() {
        assertThatIOException()
                .isThrownBy(() -> DemoSite.start(port).close())
                .withMessageContaining("port " + port)
                .withMessageContaining("Stop that program");
    }

    private static List<Expected> expectations() throws IOException {
        try (InputStream csv =
                Objects.requireNonNull(
                        DemoSiteTest.class.getResourceAsStream("/demo-expected.csv"))) {
            return new String(csv.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(f -> new Expected(Integer.parseInt(f[0]), f[1], f[2], f[3], f[4]))
                    .toList();
        }
    }

    /// Every file of the site but robots.txt, as host/path.
    private static Set<String> pageFiles() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(DemoSite.class.getResource("/demo")).toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.endsWith("/robots.txt"))
                    .collect(Collectors.toSet());
        }
    }

    private static String fileOf(String host, String path) {
        return host + "/" + fileOf(DemoSiteTable.answer(host, path));
    }

    private static String fileOf(DemoSiteAnswer answer) {
        return switch (answer) {
            case DemoSiteAnswer.Page page -> page.file();
            case DemoSiteAnswer.Delayed delayed -> fileOf(delayed.answer());
            case DemoSiteAnswer.EveryOther every -> fileOf(every.answer());
            case DemoSiteAnswer.CutOff cut -> cut.page().file();
            case DemoSiteAnswer.Status status -> "";
            case DemoSiteAnswer.Redirect redirect -> "";
        };
    }

    private static SimpleRobotRules robots(String host) throws IOException {
        Answer answer = get(host, "/robots.txt");
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
        return answer.status() == 200
                ? parser.parseContent(
                        "http://" + host + "/robots.txt",
                        answer.body(),
                        "text/plain",
                        List.of("jarvix"))
                : parser.failedFetch(answer.status());
    }

    /// Follows the seed's redirects, one more than is allowed at most.
    private static Visit visit(Expected seed) throws IOException {
        List<String> redirects = new ArrayList<>();
        Answer answer = get(seed.host(), seed.path());
        while (answer.headers().containsKey("location") && redirects.size() <= MOST_REDIRECTS) {
            redirects.add(Objects.requireNonNull(answer.headers().get("location")));
            answer = get(seed.host(), redirects.getLast());
        }
        return new Visit(redirects, answer);
    }

    private static Answer get(String host, String path) throws IOException {
        return exchange(Objects.requireNonNull(site.hosts().get(host), host), port, host, path);
    }

    private static Answer exchange(String address, int port, String host, String path)
            throws IOException {
        try (Socket socket = new Socket(address, port)) {
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
                            .formatted(path, host, port);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    private static Answer parse(byte[] response) {
        String text = new String(response, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        Map<String, String> headers = new HashMap<>();
        List<String> head = text.substring(0, end).lines().toList();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(head.getFirst().substring(9, 12));
        return new Answer(status, headers, Arrays.copyOfRange(response, end + 4, response.length));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
