package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.UrlTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A fetch ends within its bounds and with the documented outcome, whatever the server does.
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
@TestProfile(HastyCollector.class)
class HostileOriginTest {

    private final HostileOrigin origin;
    private final Collector collector;
    private final Fetches fetches;
    private final FixedNames names;
    private final MeterRegistry registry;

    HostileOriginTest(Collector collector, FixedNames names, MeterRegistry registry)
            throws Exception {
        this.registry = registry;
        this.collector = collector;
        this.fetches = new Fetches(collector);
        this.names = names;
        this.origin = new HostileOrigin();
    }

    @AfterEach
    void closeOrigin() throws Exception {
        origin.close();
    }

    private static int hosts;

    private static synchronized int nextHost() {
        hosts = hosts % 250 + 1;
        return hosts;
    }

    private CompletableFuture<RawPage> start(UrlTask task) {
        return fetches.start(task);
    }

    private RawPage fetch(String url) throws Exception {
        return fetches.fetch(url);
    }

    @ParameterizedTest
    @CsvSource({
        "/status/400, HTTP_CLIENT_ERROR, 1, 400",
        "/status/401, HTTP_CLIENT_ERROR, 1, 401",
        "/status/403, HTTP_CLIENT_ERROR, 1, 403",
        "/status/404, HTTP_CLIENT_ERROR, 1, 404",
        "/status/408, HTTP_CLIENT_ERROR, 1, 408",
        "/status/410, HTTP_CLIENT_ERROR, 1, 410",
        "/status/429, HTTP_SERVER_ERROR, 4, 429",
        "/status/451, HTTP_CLIENT_ERROR, 1, 451",
        "/status/500, HTTP_SERVER_ERROR, 4, 500",
        "/status/501, HTTP_SERVER_ERROR, 1, 501",
        "/status/502, HTTP_SERVER_ERROR, 4, 502",
        "/status/503, HTTP_SERVER_ERROR, 4, 503",
        "/status/504, HTTP_SERVER_ERROR, 4, 504",
        "/status/505, HTTP_SERVER_ERROR, 1, 505",
        "/204, HTTP_NO_CONTENT, 1, 204",
        "/304, HTTP_NO_CONTENT, 1, 304",
        "/cut, CONNECTION_LOST, 4,",
        "/cut-chunked, CONNECTION_LOST, 4,",
        "/cut-in-headers, CONNECTION_LOST, 4,",
        "/reset-always, CONNECTION_LOST, 4,",
        "/header-flood, PROTOCOL, 1,",
        "/long-status-line, PROTOCOL, 1,",
        "/not-http, PROTOCOL, 1,",
        "/bad-length, PROTOCOL, 1,",
        "/negative-length, PROTOCOL, 1,",
        "/two-lengths, PROTOCOL, 1,",
        "/bad-chunk, PROTOCOL, 1,",
        "/not-gzip, DECODING, 1, 200",
        "/unknown-encoding, DECODING, 1, 200",
        "/too-many-encodings, DECODING, 1, 200",
        "/hop/1, TOO_MANY_REDIRECTS, 1, 302",
        "/loop, TOO_MANY_REDIRECTS, 1, 302",
        "/to-nowhere, INVALID_REDIRECT, 1, 302",
        "/to-garbage, INVALID_REDIRECT, 1, 302",
        "/to-file, INVALID_REDIRECT, 1, 302",
        "/to-credentials, INVALID_REDIRECT, 1, 302",
    })
    void aFailureHasItsKind(String path, FailureKind kind, int attempts, Integer status)
            throws Exception {
        int host = nextHost();
        long begun = System.nanoTime();

        RawRecord raw = fetch(origin.url(host, path)).raw();

        assertThat(raw.outcome())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.kind()).isEqualTo(kind));
        assertThat(raw.attempts()).isEqualTo(attempts);
        assertThat(raw.status()).isEqualTo(status);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        assertThat(fetch(origin.url(host, "/page")).raw().outcome())
                .as("the next fetch from that host")
                .isEqualTo(new FetchOutcome.Fetched());
    }

    /// They wait for their deadlines side by side.
    @Test
    void whatTakesTooLongTimesOutAndIsTriedAgain() throws Exception {
        Map<Integer, CompletableFuture<RawPage>> slow = new HashMap<>();
        for (String path : List.of("/silent", "/slow-headers", "/slow-body")) {
            int host = nextHost();
            slow.put(host, start(TaskKafka.task(UUID.randomUUID(), 1, origin.url(host, path))));
        }
        int robots = nextHost();
        origin.on(
                robots,
                "/robots.txt",
                (out, count) -> HostileAnswers.answer("/silent", count, out, origin.closed()));
        CompletableFuture<RawPage> behindRobots =
                start(TaskKafka.task(UUID.randomUUID(), 1, origin.url(robots, "/page")));

        for (CompletableFuture<RawPage> page : slow.values()) {
            RawRecord raw = page.get(60, TimeUnit.SECONDS).raw();
            assertThat(Fetches.kindOf(raw.outcome())).as(raw.url()).isEqualTo("TIMEOUT");
            assertThat(raw.attempts()).isEqualTo(4);
        }
        RawRecord unread = behindRobots.get(60, TimeUnit.SECONDS).raw();
        assertThat(unread.outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> {
                            assertThat(blocked.rule()).isEqualTo(BlockRule.ROBOTS_UNREACHABLE);
                            assertThat(blocked.detail())
                                    .contains("did not end within its deadline");
                        });
        assertThat(origin.requestsFor(robots, "/robots.txt")).isEqualTo(4);
        assertThat(origin.requestsFor(robots, "/page")).isZero();
        for (int host : slow.keySet()) {
            assertThat(fetch(origin.url(host, "/page")).raw().outcome())
                    .as("the next fetch from that host")
                    .isEqualTo(new FetchOutcome.Fetched());
        }
    }

    @Test
    void aRetryAfterSparesTheWholeHost() throws Exception {
        int host = nextHost();
        AtomicLong refusedAt = new AtomicLong();
        AtomicLong otherAt = new AtomicLong();
        origin.on(
                host,
                "/busy",
                (out, count) -> {
                    refusedAt.compareAndSet(0, System.nanoTime());
                    return HostileAnswers.answer("/503-then-200", count, out, origin.closed());
                });
        origin.on(
                host,
                "/other",
                (out, count) -> {
                    otherAt.set(System.nanoTime());
                    return HostileAnswers.answer("/page", count, out, origin.closed());
                });
        CompletableFuture<RawPage> busy = fetches.start(origin.url(host, "/busy"));
        await().atMost(Duration.ofSeconds(30)).until(() -> gauge("hosts", "paused") > 0);

        CompletableFuture<RawPage> other = fetches.start(origin.url(host, "/other"));

        assertThat(other.get(60, TimeUnit.SECONDS).raw().attempts()).isEqualTo(1);
        assertThat(busy.get(60, TimeUnit.SECONDS).raw().attempts()).isEqualTo(2);
        assertThat(Duration.ofNanos(otherAt.get() - refusedAt.get()))
                .isGreaterThanOrEqualTo(Duration.ofMillis(999));
    }

    @Test
    void whatServersMaySendIsSaidToThem() throws Exception {
        fetch(origin.url(nextHost(), "/asked"));

        assertThat(origin.lastRequestFor("/asked"))
                .contains("accept-encoding: gzip, deflate, br, zstd")
                .contains("user-agent: jarvix/1.0 (+https://");
    }

    @Test
    void aServerThatIsGoneIsTriedAgain() throws Exception {
        String url;
        try (HostileOrigin gone = new HostileOrigin()) {
            url = gone.url(nextHost(), "/page");
            fetch(url);
        }

        RawRecord raw = fetch(url).raw();

        assertThat(Fetches.kindOf(raw.outcome())).isEqualTo("CONNECT");
        assertThat(raw.attempts()).isEqualTo(4);
    }

    @Test
    void aNameServerThatFailsIsAskedAgainAndAMissingNameIsNot() throws Exception {
        names.fail("broken.example", new IllegalStateException("SERVFAIL"));

        RawRecord broken = fetch("http://broken.example/").raw();
        int asked = names.asked("broken.example");
        RawRecord missing = fetch("http://nobody.example/").raw();

        assertThat(Fetches.kindOf(broken.outcome())).isEqualTo("DNS");
        assertThat(asked).isEqualTo(4);
        assertThat(Fetches.kindOf(missing.outcome())).isEqualTo("DNS");
        assertThat(names.asked("nobody.example")).isEqualTo(1);
    }

    @Test
    void aDefectOfALookUpIsTheOneRecordOfItsTask() throws Exception {
        names.fail("defect.example", new AssertionError("a defect"));

        List<RawPage> pages = recordsOf("http://defect.example/", () -> false);

        assertThat(pages).hasSize(1);
        assertThat(pages.getFirst().raw().outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.INTERNAL);
                            assertThat(failed.message()).contains("a defect");
                        });
        assertThat(requestsInFlight()).isZero();
    }

    @Test
    void aDefectInATurnIsTheOneRecordOfItsTaskAndTheTurnComesBack() throws Exception {
        String url = origin.url(nextHost(), "/page");
        BooleanSupplier defect =
                () -> {
                    throw new AssertionError("a defect");
                };

        for (int i = 0; i < 10; i++) {
            List<RawPage> pages = recordsOf(url, defect);

            assertThat(pages).hasSize(1);
            assertThat(Fetches.kindOf(pages.getFirst().raw().outcome())).isEqualTo("INTERNAL");
        }
        assertThat(requestsInFlight()).isZero();
        assertThat(fetch(url).raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
    }

    private List<RawPage> recordsOf(String url, BooleanSupplier abandoned) throws Exception {
        List<RawPage> pages = new CopyOnWriteArrayList<>();
        boolean written =
                collector
                        .collect(
                                TaskKafka.task(UUID.randomUUID(), 1, url),
                                abandoned,
                                page -> {
                                    pages.add(page);
                                    return CompletableFuture.completedFuture(null);
                                })
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
        assertThat(written).isTrue();
        return pages;
    }

    private double requestsInFlight() {
        return gauge("requests", "in-flight");
    }

    private double gauge(String name, String state) {
        return registry.get("jarvix.collector." + name).tag("state", state).gauge().value();
    }

    @ParameterizedTest
    @CsvSource({
        "/page, <p>page</p>, 1",
        "/http10, old, 1",
        "/500-then-200, late, 2",
        "/503-then-200, late, 2",
        "/reset-once, late, 2",
        "/too-long, four, 1",
        "/continue, went on, 1",
        "/gzip, zipped, 1",
        "/deflate, zipped, 1",
        "/bare-deflate, zipped, 1",
        "/brotli, zipped, 1",
        "/zstd, zipped, 1",
        "/gzip-in-brotli, zipped, 1",
        "/charset, Qapla', 1",
        "/to-page, <p>page</p>, 1",
        "/to-utf8, /p%C3%A1gina, 1",
    })
    void whatCanBeFetchedIsFetched(String path, String body, int attempts) throws Exception {
        RawPage page = fetch(origin.url(nextHost(), path));

        assertThat(page.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(Fetches.body(page)).isEqualTo(body);
        assertThat(page.raw().attempts()).isEqualTo(attempts);
        assertThat(page.raw().truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/endless",
                "/50mb",
                "/gzip-bomb",
                "/nested-bomb",
                "/brotli-bomb",
                "/zstd-bomb",
                "/noise/1"
            })
    void whatIsTooLongIsCutAndMarked(String path) throws Exception {
        RawRecord raw = fetch(origin.url(nextHost(), path)).raw();

        assertThat(raw.outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(raw.truncated()).isTrue();
        assertThat(raw.bodyLength()).isEqualTo(5 * 1024 * 1024);
    }

    @Test
    void aRedirectIntoPrivateSpaceIsBlocked() throws Exception {
        RawRecord raw = fetch(origin.url(nextHost(), "/to-private")).raw();

        assertThat(raw.outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> {
                            assertThat(blocked.rule()).isEqualTo(BlockRule.ADDRESS);
                            assertThat(blocked.detail()).contains("169.254.169.254");
                        });
        assertThat(raw.redirects()).hasSize(1);
    }

    @Test
    void aHostThatForbidsIsLeftAloneForTheRestOfTheRun() throws Exception {
        int host = nextHost();
        UUID run = UUID.randomUUID();

        RawPage first = start(TaskKafka.task(run, 1, origin.url(host, "/status/403"))).get();
        RawPage second = start(TaskKafka.task(run, 2, origin.url(host, "/page"))).get();
        RawPage otherRun = fetch(origin.url(host, "/page"));

        assertThat(first.raw().outcome())
                .isEqualTo(new Failed(FailureKind.HTTP_CLIENT_ERROR, "Status 403."));
        assertThat(Fetches.body(first)).isEqualTo("<p>so</p>");
        assertThat(second.raw().outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> assertThat(blocked.rule()).isEqualTo(BlockRule.HOST_REFUSED));
        assertThat(otherRun.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(origin.requestsFor("/page")).isEqualTo(1);
    }

    @Test
    void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
        List<InetAddress> allowed = List.of(InetAddress.getByName("127.77.9.9"));
        List<InetAddress> forbidden = List.of(InetAddress.getByName("127.0.0.1"));
        names.answer("rebinding.example", allowed, forbidden);

        RawPage page = fetch("http://rebinding.example:" + origin.port() + "/page");

        assertThat(page.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(Fetches.body(page)).isEqualTo("<p>page</p>");
    }

    @Test
    void aNameThatNowResolvesIntoPrivateSpaceIsBlocked() throws Exception {
        names.answer("turned.example", List.of(InetAddress.getByName("127.0.0.1")));

        RawRecord raw = fetch("http://turned.example:" + origin.port() + "/page").raw();

        assertThat(raw.outcome())
                .isEqualTo(
                        new Blocked(
                                BlockRule.ADDRESS,
                                "turned.example has address 127.0.0.1: loopback (127.0.0.0/8)"));
        assertThat(origin.connections()).isZero();
    }

    @Test
    void oneBadAddressAmongGoodOnesCondemnsTheName() throws Exception {
        names.answer(
                "mixed.example",
                List.of(InetAddress.getByName("127.77.9.9"), InetAddress.getByName("10.0.0.1")));

        RawRecord raw = fetch("http://mixed.example:" + origin.port() + "/page").raw();

        assertThat(raw.outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> assertThat(blocked.rule()).isEqualTo(BlockRule.ADDRESS));
        assertThat(origin.connections()).isZero();
    }

    @Test
    void connectionsAreReused() throws Exception {
        int host = nextHost();
        for (int i = 0; i < 20; i++) {
            fetch(origin.url(host, "/reused/" + i));
        }

        assertThat(origin.connections()).isEqualTo(1);
    }

    @Test
    void aTaskWhoseLeaseHasRunOutIsDropped() throws Exception {
        UrlTask late =
                TaskKafka.task(
                        UUID.randomUUID(),
                        1,
                        origin.url(nextHost(), "/dropped"),
                        Instant.now().minusSeconds(1));

        boolean written =
                collector
                        .collect(late, () -> false, page -> CompletableFuture.completedFuture(null))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);

        assertThat(written).isFalse();
        assertThat(origin.requestsFor("/dropped")).isZero();
    }
}
