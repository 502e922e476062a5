package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.UrlTask;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Tasks given straight to the collector, and what it would send to Kafka.
final class Fetches {

    private final Collector collector;

    Fetches(Collector collector) {
        this.collector = collector;
    }

    CompletableFuture<RawPage> start(UrlTask task) {
        return start(task, () -> false);
    }

    CompletableFuture<RawPage> start(UrlTask task, BooleanSupplier abandoned) {
        CompletableFuture<RawPage> page = new CompletableFuture<>();
        CompletableFuture<Boolean> done =
                collector
                        .collect(
                                task,
                                abandoned,
                                made -> {
                                    page.complete(made);
                                    return CompletableFuture.completedFuture(null);
                                })
                        .toCompletableFuture();
        return done.thenCombine(page, (sent, made) -> made);
    }

    CompletableFuture<RawPage> start(String url) {
        return start(TaskKafka.task(UUID.randomUUID(), 1, url));
    }

    RawPage fetch(String url) throws Exception {
        return start(url).get(60, TimeUnit.SECONDS);
    }

    static String body(RawPage page) throws Exception {
        return new String(CompressedBody.open(page.frame(), page.raw().bodyLength()), UTF_8);
    }

    /// `FETCHED`, `TIMEOUT`, `ROBOTS` ...
    static String kindOf(FetchOutcome outcome) {
        return switch (outcome) {
            case FetchOutcome.Fetched fetched -> "FETCHED";
            case Failed failed -> failed.kind().name();
            case Blocked blocked -> blocked.rule().name();
        };
    }
}
