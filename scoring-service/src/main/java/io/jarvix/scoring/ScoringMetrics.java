package io.jarvix.scoring;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.PageResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What an operator sees of the scoring: pages by result and by action, time per page, messages
/// that were put aside. All of them are there from the start, at zero.
@Startup
@ApplicationScoped
class ScoringMetrics {

    private final List<Counter> scored;
    private final Counter failed;
    private final Counter blocked;
    private final Counter deadLetters;
    private final Timer page;

    ScoringMetrics(MeterRegistry registry) {
        scored =
                Stream.of(Action.values())
                        .map(
                                action ->
                                        registry.counter(
                                                "jarvix.scoring.pages", "result", action.name()))
                        .toList();
        failed = registry.counter("jarvix.scoring.pages", "result", "FAILED");
        blocked = registry.counter("jarvix.scoring.pages", "result", "BLOCKED");
        deadLetters = registry.counter("jarvix.scoring.dead.letters");
        page = registry.timer("jarvix.scoring.page");
    }

    void count(PageResult result, long nanos) {
        switch (result) {
            case PageResult.Scored page -> scored.get(page.score().action().ordinal()).increment();
            case Failed failure -> failed.increment();
            case Blocked block -> blocked.increment();
        }
        page.record(nanos, TimeUnit.NANOSECONDS);
    }

    void countDeadLetter() {
        deadLetters.increment();
    }
}
