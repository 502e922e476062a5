package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.UrlTask;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A fetch ends within its bounds and with the documented outcome, whatever the server does.
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
@TestProfile(HostileOriginTest.Hasty.class)
class HostileOriginTest {

    /// Short deadlines and back-offs, and nothing private allowed but the server's addresses.
    public static class Hasty implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("jarvix.collector.allowed-private-cidrs", "127.77.0.0/16"),
                    Map.entry("jarvix.collector.exchange-deadline", "2s"),
                    Map.entry("jarvix.collector.retry-delay-millis", "20"),
                    Map.entry("jarvix.collector.retry-jitter-millis", "10"),
                    Map.entry("jarvix.collector.per-host.back-off", "20ms"));
        }
    }

    private final HostileOrigin origin;
    private final Collector collector;
    private final FixedNames names;

    HostileOriginTest(Collector collector, FixedNames names) throws Exception {
        this.collector = collector;
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
        CompletableFuture<RawPage> page = new CompletableFuture<>();
        CompletableFuture<Boolean> done =
                collector
                        .collect(
                                task,
                                () -> false,
                                made -> {
                                    page.complete(made);
                                    return CompletableFuture.completedFuture(null);
                                })
                        .toCompletableFuture();
        return done.thenCombine(page, (sent, made) -> made);
    }

    private RawPage fetch(String url) throws Exception {
        return start(TaskKafka.task(UUID.randomUUID(), 1, url)).get(60, TimeUnit.SECONDS);
    }

    private static String body(RawPage page) throws Exception {
        return new String(CompressedBody.open(page.frame(), page.raw().bodyLength()), UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "/404, HTTP_CLIENT_ERROR, 1, 404",
        "/503, HTTP_SERVER_ERROR, 4, 503",
        "/204, HTTP_NO_CONTENT, 1, 204",
        "/304, HTTP_NO_CONTENT, 1, 304",
        "/silent, TIMEOUT, 4,",
        "/slow-headers, TIMEOUT, 4,",
        "/slow-body, TIMEOUT, 4,",
        "/cut, CONNECTION_LOST, 4,",
        "/cut-chunked, CONNECTION_LOST, 4,",
        "/reset-always, CONNECTION_LOST, 4,",
        "/header-flood, PROTOCOL, 1,",
        "/not-http, PROTOCOL, 1,",
        "/bad-length, PROTOCOL, 1,",
        "/not-gzip, DECODING, 1, 200",
        "/unknown-encoding, DECODING, 1, 200",
        "/hop/1, TOO_MANY_REDIRECTS, 1, 302",
        "/loop, TOO_MANY_REDIRECTS, 1, 302",
        "/to-nowhere, INVALID_REDIRECT, 1, 302",
        "/to-garbage, INVALID_REDIRECT, 1, 302",
        "/to-file, INVALID_REDIRECT, 1, 302",
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

    @ParameterizedTest
    @CsvSource({
        "/page, <p>page</p>, 1",
        "/http10, old, 1",
        "/500-then-200, late, 2",
        "/503-then-200, late, 2",
        "/reset-once, late, 2",
        "/too-long, four, 1",
        "/gzip, zipped, 1",
        "/charset, Qapla', 1",
        "/to-page, <p>page</p>, 1",
        "/to-utf8, /p%C3%A1gina, 1",
    })
    void whatCanBeFetchedIsFetched(String path, String body, int attempts) throws Exception {
        RawPage page = fetch(origin.url(nextHost(), path));

        assertThat(page.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(body(page)).isEqualTo(body);
        assertThat(page.raw().attempts()).isEqualTo(attempts);
        assertThat(page.raw().truncated()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/endless", "/50mb", "/gzip-bomb", "/nested-bomb", "/noise/1"})
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

        RawPage first = start(TaskKafka.task(run, 1, origin.url(host, "/403"))).get();
        RawPage second = start(TaskKafka.task(run, 2, origin.url(host, "/page"))).get();
        RawPage otherRun = fetch(origin.url(host, "/page"));

        assertThat(first.raw().outcome())
                .isEqualTo(new Failed(FailureKind.HTTP_CLIENT_ERROR, "Status 403."));
        assertThat(body(first)).isEqualTo("<p>no</p>");
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
        assertThat(body(page)).isEqualTo("<p>page</p>");
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
    void aNameWithoutAddressFailsOnce() throws Exception {
        RawRecord raw = fetch("http://nobody.example/").raw();

        assertThat(raw.outcome())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.DNS));
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
    void aSlowHostKeepsNobodyWaiting() throws Exception {
        int slow = nextHost();
        List<CompletableFuture<RawPage>> stuck = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stuck.add(start(TaskKafka.task(UUID.randomUUID(), 1, origin.url(slow, "/silent"))));
        }

        fetch(origin.url(nextHost(), "/page"));

        assertThat(stuck).noneMatch(CompletableFuture::isDone);
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
