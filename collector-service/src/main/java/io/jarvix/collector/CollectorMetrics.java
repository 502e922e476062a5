package io.jarvix.collector;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// What a crawler's operator watches. Names begin with `jarvix_collector_`; values of labels come
/// from closed lists.
final class CollectorMetrics {

    private static final String PREFIX = "jarvix.collector.";

    private final MeterRegistry registry;
    private final Timer exchange;
    private final Counter bytes;
    private final Counter wireBytes;
    private final Counter retries;
    private final Counter slowed;
    private final Counter truncated;
    private final Counter redelivered;
    private final Counter dropped;
    private final Counter deadLetters;

    CollectorMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.exchange =
                Timer.builder(PREFIX + "exchange")
                        .description("From the look-up of the name to the end of the answer")
                        .serviceLevelObjectives(
                                Duration.ofMillis(10),
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(250),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(1),
                                Duration.ofMillis(2500),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30))
                        .register(registry);
        this.bytes = counter("body.bytes", "Bytes of bodies, content-encoding undone");
        this.wireBytes = counter("wire.bytes", "Bytes of bodies as they go to Kafka");
        this.retries = counter("retries", "Tries after the first");
        this.slowed = counter("host.backoffs", "Answers 429 and 503, which slow their host");
        this.truncated = counter("truncated", "Bodies cut at the cap");
        this.redelivered = counter("redelivered", "Tasks that came again within their lease");
        this.dropped = counter("dropped", "Tasks whose lease had run out, or of another collector");
        this.deadLetters = counter("dead.letters", "Messages that could not be read");
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }

    /// A value that is read when it is asked for.
    <T> void gauge(String name, String state, T source, ToDoubleFunction<T> value) {
        registry.gauge(
                PREFIX + name,
                io.micrometer.core.instrument.Tags.of("state", state),
                source,
                value);
    }

    void exchanged(long nanos) {
        exchange.record(nanos, TimeUnit.NANOSECONDS);
    }

    void retried() {
        retries.increment();
    }

    void hostSlowed() {
        slowed.increment();
    }

    void redelivered() {
        redelivered.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void robotsDecided(boolean allowed) {
        registry.counter(
                        PREFIX + "robots.decisions", "decision", allowed ? "allowed" : "disallowed")
                .increment();
    }

    void robotsFetched(RobotsTxt.Verdict verdict) {
        String result =
                switch (verdict) {
                    case RobotsTxt.Verdict.Rules rules -> "rules";
                    case RobotsTxt.Verdict.None none -> "unreachable";
                };
        registry.counter(PREFIX + "robots.fetched", "result", result).increment();
    }

    /// A page is ready for Kafka.
    void collected(RawPage page) {
        RawRecord raw = page.raw();
        bytes.increment(raw.bodyLength());
        wireBytes.increment(page.frame().length);
        if (raw.truncated()) {
            truncated.increment();
        }
        String outcome;
        String kind;
        switch (raw.outcome()) {
            case FetchOutcome.Fetched fetched -> {
                outcome = "fetched";
                kind = "none";
            }
            case Failed failed -> {
                outcome = "failed";
                kind = failed.kind().name();
            }
            case Blocked blocked -> {
                outcome = "blocked";
                kind = blocked.rule().name();
            }
        }
        registry.counter(
                        PREFIX + "pages", "outcome", outcome, "kind", kind.toLowerCase(Locale.ROOT))
                .increment();
    }
}
