package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.UrlTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How many downloads there are at once, counted by the server, with the bounds as they are
/// shipped.
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class ConcurrencyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Fetches fetches;
    private final MeterRegistry registry;
    private final HostileOrigin origin = new HostileOrigin();
    private final AtomicBoolean over = new AtomicBoolean();

    ConcurrencyTest(Collector collector, MeterRegistry registry) throws Exception {
        this.fetches = new Fetches(collector);
        this.registry = registry;
    }

    /// What still waits is given up when its turn comes.
    @AfterEach
    void end() throws Exception {
        over.set(true);
        origin.close();
        await().atMost(PATIENCE).until(() -> gauge("requests", "in-flight") == 0);
    }

    private List<CompletableFuture<RawPage>> start(
            int firstHost, int hosts, int perHost, String path) {
        List<CompletableFuture<RawPage>> pages = new ArrayList<>();
        for (int i = 0; i < hosts * perHost; i++) {
            String url = origin.url(firstHost + i % hosts, path + "/" + i);
            pages.add(fetches.start(TaskKafka.task(UUID.randomUUID(), 1, url), over::get));
        }
        return pages;
    }

    private double gauge(String name, String state) {
        return registry.get("jarvix.collector." + name).tag("state", state).gauge().value();
    }

    @Test
    void aHundredDownloadsAreUnderWayAtOnceAndNeverMore() throws Exception {
        List<CompletableFuture<RawPage>> pages = start(1, 40, 8, "/held");

        await().atMost(PATIENCE).until(() -> origin.held().now() == 100);
        assertThat(gauge("requests", "in-flight")).isEqualTo(100);
        origin.held().release();

        for (CompletableFuture<RawPage> page : pages) {
            assertThat(page.get(60, TimeUnit.SECONDS).raw().outcome())
                    .isEqualTo(new FetchOutcome.Fetched());
        }
        assertThat(origin.held().most()).isEqualTo(100);
        assertThat(origin.held().mostOfOneHost()).isLessThanOrEqualTo(4);
    }

    /// 120 tasks wait for a Retry-After, 80 for the delay of their run, and yet 100 others are
    /// under way. The hosts are of this test alone, since they stay paused.
    @Test
    void whoWaitsHoldsNeitherPermitNorThread() throws Exception {
        fetches.fetch(origin.url(200, "/page"));
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        for (int i = 0; i < 120; i++) {
            origin.on(
                    101 + i % 30,
                    "/busy/" + i,
                    HostileAnswers.saying("503 Busy", "Retry-After: 60\r\n", ""));
        }
        List<CompletableFuture<RawPage>> waiting = new ArrayList<>(start(101, 30, 4, "/busy"));
        for (int i = 0; i < 100; i++) {
            waiting.add(
                    fetches.start(delayed(origin.url(131 + i % 20, "/delayed/" + i)), over::get));
        }
        await().atMost(PATIENCE).until(() -> gauge("hosts", "paused") == 50);
        await().atMost(PATIENCE).until(() -> gauge("requests", "in-flight") == 0);

        start(160, 30, 4, "/held");
        await().atMost(PATIENCE).until(() -> origin.held().now() == 100);

        assertThat(waiting).filteredOn(page -> !page.isDone()).hasSize(200);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                .as("threads, with 320 tasks in hand")
                .isLessThan(threads + 50);
        origin.held().release();
    }

    private static UrlTask delayed(String url) {
        UrlTask task = TaskKafka.task(UUID.randomUUID(), 1, url);
        return new UrlTask(
                task.runId(),
                task.ordinal(),
                task.url(),
                task.urlId(),
                task.lease(),
                new FetchOptions(List.of(), List.of(), null, 60_000));
    }

    @Test
    void aSlowHostKeepsNobodyWaiting() throws Exception {
        List<CompletableFuture<RawPage>> stuck = start(51, 1, 40, "/held");
        await().atMost(PATIENCE).until(() -> origin.held().now() == 4);

        RawPage other = fetches.fetch(origin.url(52, "/page"));

        assertThat(other.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }

    /// A port that takes no more connections and refuses none: the connecting hangs.
    @Test
    void aDeadHostKeepsNobodyWaiting() throws Exception {
        try (DeadPort dead = new DeadPort()) {
            List<CompletableFuture<RawPage>> stuck = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                stuck.add(
                        fetches.start(
                                TaskKafka.task(UUID.randomUUID(), 1, dead.url(i % 2)), over::get));
            }
            await().atMost(PATIENCE).until(() -> gauge("requests", "in-flight") > 0);

            RawPage other = fetches.fetch(origin.url(53, "/page"));

            assertThat(other.raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
            assertThat(stuck).noneMatch(CompletableFuture::isDone);
            over.set(true);
        }
    }
}
