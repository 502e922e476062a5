package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long and how much of it is kept, on a clock that the test turns.
class RobotsTxtTest {

    private final AtomicLong nanos = new AtomicLong();
    private final CountingSource source = new CountingSource();

    private RobotsTxt robots(Map<String, String> settings) {
        return new RobotsTxt(
                CollectorConfigs.with(settings),
                source,
                new CollectorMetrics(new SimpleMeterRegistry()),
                nanos::get);
    }

    private static Target page(String host) {
        return Target.of("http://" + host + "/page");
    }

    private static final class CountingSource implements RobotsTxt.Source {
        private final AtomicInteger fetched = new AtomicInteger();
        private int status = 200;
        private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

        @Override
        public CompletionStage<Reply> fetch(Target robotsTxt, int redirects) {
            fetched.incrementAndGet();
            return gate.thenApply(
                    open ->
                            new Reply.Answer(
                                    status,
                                    Map.of("content-type", List.of("text/plain")),
                                    "User-agent: *\nDisallow: /private\n".getBytes(UTF_8),
                                    false,
                                    new BodyPlaces(1).place()));
        }
    }

    @ParameterizedTest
    @CsvSource({"200, PT1H", "404, PT1H", "503, PT5M"})
    void isKeptForItsTimeAndThenAskedForAgain(int status, Duration kept) {
        source.status = status;
        RobotsTxt robots = robots(Map.of());

        RobotsTxt.Verdict first = robots.verdictFor(page("a.example")).join();
        nanos.addAndGet(kept.toNanos() - 1);
        RobotsTxt.Verdict again = robots.verdictFor(page("a.example")).join();

        assertThat(again).isSameAs(first);
        assertThat(source.fetched).hasValue(1);

        nanos.addAndGet(1);
        robots.verdictFor(page("a.example")).join();

        assertThat(source.fetched).hasValue(2);
    }

    @Test
    void aHostThatHasComeBackIsFetchedAfterTheTimeOfItsAbsence() {
        RobotsTxt robots = robots(Map.of());
        source.status = 500;
        assertThat(robots.verdictFor(page("a.example")).join())
                .isInstanceOf(RobotsTxt.Verdict.None.class);

        source.status = 200;
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());

        assertThat(robots.verdictFor(page("a.example")).join())
                .isInstanceOf(RobotsTxt.Verdict.Rules.class);
    }

    @Test
    void oneRequestServesAllWhoAskMeanwhile() {
        source.gate = new CompletableFuture<>();
        RobotsTxt robots = robots(Map.of());
        List<CompletableFuture<RobotsTxt.Verdict>> asked =
                IntStream.range(0, 50).mapToObj(i -> robots.verdictFor(page("a.example"))).toList();

        source.gate.complete(null);

        assertThat(asked).allMatch(CompletableFuture::isDone);
        assertThat(source.fetched).hasValue(1);
    }

    @Test
    void isKeptPerOriginAndNotPerHost() {
        RobotsTxt robots = robots(Map.of());
        for (String url :
                List.of("http://a.example/", "https://a.example/", "http://a.example:8080/")) {
            robots.verdictFor(Target.of(url)).join();
        }

        assertThat(source.fetched).hasValue(3);
    }

    /// Of 1,000 origins only so many are remembered as fit into the bytes.
    @Test
    void theMemoryIsBounded() {
        RobotsTxt robots = robots(Map.of("jarvix.collector.robots.cache-bytes", "40000"));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 1_000; i++) {
                robots.verdictFor(page("host" + i + ".example")).join();
            }
        }

        assertThat(source.fetched.get()).isBetween(1_850, 2_000);
    }
}
