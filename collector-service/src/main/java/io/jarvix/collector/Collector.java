package io.jarvix.collector;

import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.UrlTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Puts the parts together: a task comes in, exactly one raw page comes out, unless nobody waits
/// for it any more.
@ApplicationScoped
class Collector {

    private static final Logger LOG = Logger.getLogger(Collector.class);

    /// Bodies up to this size are decoded and compressed where they arrived; larger ones elsewhere,
    /// so that they hold up no event loop.
    private static final int INLINE_BODY = 128 * 1024;

    private final CollectorConfig config;
    private final Clock clock = Clock.systemUTC();
    private final Turns turns;
    private final PageFetch pages;
    private final CollectorMetrics metrics;
    private final ExecutorService largeBodies;
    private final AtomicInteger inHand = new AtomicInteger();

    Collector(
            CollectorConfig config,
            Vertx vertx,
            PermittedAttempt attempt,
            RetriedFetch retried,
            MeterRegistry registry) {
        this.config = config;
        this.metrics = new CollectorMetrics(registry);
        Context[] contexts = new Context[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = ((VertxInternal) vertx).createEventLoopContext();
        }
        this.turns =
                new Turns(
                        PolitenessLimits.of(config),
                        host -> executor(contexts[Math.floorMod(host.hashCode(), contexts.length)]),
                        millis -> vertx.setTimer(millis, fired -> wake()));
        this.pages =
                new PageFetch(
                        config, clock, PolicyGate.of(config), turns, attempt, retried, metrics);
        this.largeBodies =
                Executors.newFixedThreadPool(
                        contexts.length,
                        Thread.ofPlatform().daemon().name("jarvix-body-", 0).factory());
        gauges();
    }

    private void wake() {
        turns.wake();
    }

    private static Executor executor(Context context) {
        return task -> context.runOnContext(ignored -> task.run());
    }

    private void gauges() {
        metrics.gauge("requests", "in-flight", turns, Turns::out);
        metrics.gauge("requests", "waiting", turns, Turns::waiting);
        metrics.gauge("hosts", "paused", turns, Turns::pausedHosts);
        metrics.gauge("hosts", "known", turns, Turns::knownHosts);
        metrics.gauge("tasks", "in-hand", inHand, AtomicInteger::get);
    }

    CollectorMetrics metrics() {
        return metrics;
    }

    Instant now() {
        return clock.instant();
    }

    /// Fetches the task's page.
    ///
    /// @param abandoned whether the task is another collector's by now
    /// @param onward takes the page to Kafka; completes when it is there
    /// @return completes when the page is there, with false where the task was dropped
    CompletionStage<Boolean> collect(
            UrlTask task,
            BooleanSupplier abandoned,
            Function<RawPage, CompletionStage<Void>> onward) {
        inHand.incrementAndGet();
        return fetch(task, abandoned)
                .thenCompose(outcome -> finish(outcome, onward))
                .exceptionallyCompose(
                        defect -> {
                            if (largeBodies.isShutdown()) {
                                // Handed back: its offset is not committed.
                                return CompletableFuture.failedFuture(defect);
                            }
                            LOG.errorf(
                                    defect,
                                    "a fetch hit a defect runId=%s url=%s",
                                    task.runId(),
                                    task.url());
                            return onward.apply(RawPage.ofDefect(task, defect, now()))
                                    .thenApply(sent -> true);
                        })
                .whenComplete((done, failure) -> inHand.decrementAndGet());
    }

    private CompletionStage<PageFetch.Outcome> fetch(UrlTask task, BooleanSupplier abandoned) {
        try {
            return pages.fetch(task, abandoned);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Boolean> finish(
            PageFetch.Outcome outcome, Function<RawPage, CompletionStage<Void>> onward) {
        Reply.Answer answer = outcome.journey().lastAnswer();
        Executor executor =
                answer == null || answer.body().length <= INLINE_BODY ? Runnable::run : largeBodies;
        return CompletableFuture.supplyAsync(
                        () ->
                                RawPage.of(
                                        outcome, config.maxBody(), notes(outcome.journey()), now()),
                        executor)
                .thenCompose(page -> deliver(page, onward))
                .whenComplete((sent, failure) -> outcome.journey().dropAnswer());
    }

    private @Nullable HostLimits notes(Journey journey) {
        Duration crawlDelay = journey.crawlDelay();
        return crawlDelay == null
                ? null
                : HostNotes.of(
                        config.perHost().delay(),
                        crawlDelay,
                        journey.task().options(),
                        turns.standing(journey.host()),
                        now());
    }

    private CompletionStage<Boolean> deliver(
            Optional<RawPage> page, Function<RawPage, CompletionStage<Void>> onward) {
        if (page.isEmpty()) {
            metrics.dropped();
            return CompletableFuture.completedFuture(false);
        }
        metrics.collected(page.get());
        return onward.apply(page.get()).thenApply(sent -> true);
    }

    /// While what was fetched waits for Kafka, nothing more is started ([Turns#congested]).
    void congested(BooleanSupplier isCongested) {
        turns.congested(isCongested);
    }

    /// What is being fetched may end; what waits is handed back, since its offsets are not
    /// committed.
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        turns.close();
        LOG.infof(
                "the collector ends requests=%d handedBack=%d",
                turns.out(), inHand.get() - turns.out());
        long deadline = System.nanoTime() + config.shutdownGrace().toNanos();
        while (turns.out() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        largeBodies.shutdown();
    }
}
