package io.jarvix.gateway;

import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.TracedStep;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Results on their way into the ledger. All that has arrived while one transaction was under way
/// goes into the next one: the slower the database, the larger the batches. A message is
/// acknowledged once it is committed; while the database is away it is tried again. What cannot be
/// read, or not be stored, is a dead letter.
@Singleton
final class ScoreIntake implements Flow.Subscriber<Message<ConsumerRecords<String, byte[]>>> {

    private static final Logger LOG = Logger.getLogger(ScoreIntake.class);

    /// Polls that may wait here: with `max.poll.records`, the bound of what is held in memory.
    private static final int CREDIT = 64;

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final KafkaOut kafka;
    private final Loops loops;
    private final HostPace pace;
    private final Persistence persistence;
    private final Multi<Message<ConsumerRecords<String, byte[]>>> scores;
    private final ResultLedger ledger = new ResultLedger();
    private final Clock clock = Clock.systemUTC();
    private final ConcurrentLinkedQueue<Message<ConsumerRecords<String, byte[]>>> waiting =
            new ConcurrentLinkedQueue<>();
    private final Loop writing = new Loop("gateway-scores", POLL, Duration.ZERO, this::write);
    private volatile Flow.@Nullable Subscription subscription;

    private record Received(
            ConsumerRecord<String, byte[]> message, PageScore score, TracedStep step) {

        static Received of(ConsumerRecord<String, byte[]> message)
                throws UnreadableMessageException {
            PageScore score = Wire.read(message.value(), PageScore.class);
            TracedStep step =
                    TracedStep.of("record", message.headers())
                            .about(score.runId(), score.ordinal(), score.url());
            return new Received(message, score, step);
        }
    }

    ScoreIntake(
            Transactions transactions,
            KafkaOut kafka,
            Loops loops,
            HostPace pace,
            Persistence persistence,
            @Channel("gateway-scores-in") Multi<Message<ConsumerRecords<String, byte[]>>> scores) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.loops = loops;
        this.pace = pace;
        this.persistence = persistence;
        this.scores = scores;
    }

    void start(@Observes StartupEvent event) {
        writing.start();
        scores.subscribe(this);
    }

    void stop(@Observes ShutdownEvent event) {
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
        writing.close();
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        subscription = started;
        started.request(CREDIT);
    }

    @Override
    public void onNext(Message<ConsumerRecords<String, byte[]>> batch) {
        waiting.add(batch);
        writing.wake();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(
                failure, "The channel of results has failed; this gateway takes no more of them");
    }

    @Override
    public void onComplete() {
        LOG.debug("The channel of results has ended");
    }

    private boolean write() {
        List<Message<ConsumerRecords<String, byte[]>>> batches = new ArrayList<>();
        for (Message<ConsumerRecords<String, byte[]>> batch = waiting.poll();
                batch != null;
                batch = waiting.poll()) {
            batches.add(batch);
        }
        if (batches.isEmpty()) {
            return false;
        }
        List<Received> readable = new ArrayList<>();
        for (Message<ConsumerRecords<String, byte[]>> batch : batches) {
            batch.getPayload().forEach(message -> read(message, readable));
        }
        if (!readable.isEmpty()) {
            store(readable);
        }
        batches.forEach(ScoreIntake::acknowledge);
        Objects.requireNonNull(subscription).request(batches.size());
        return true;
    }

    private static void acknowledge(Message<?> batch) {
        batch.ack()
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                LOG.warnf(
                                        "Results are committed, their offsets are not: error=%s",
                                        failure.toString());
                            }
                        });
    }

    private void read(ConsumerRecord<String, byte[]> message, List<Received> readable) {
        try {
            readable.add(Received.of(message));
        } catch (UnreadableMessageException e) {
            bury(message, e);
        }
    }

    private void store(List<Received> batch) {
        try {
            persistence.untilDone("scores", () -> apply(batch));
        } catch (Persistence.UnstorableException e) {
            if (batch.size() == 1) {
                bury(
                        batch.getFirst().message(),
                        new UnreadableMessageException(
                                "the ledger cannot hold it: " + e.getMessage(), e));
                batch.getFirst().step().close();
            } else {
                store(batch.subList(0, batch.size() / 2));
                store(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    private void apply(List<Received> batch) throws Exception {
        Instant now = clock.instant();
        List<PageScore> results = batch.stream().map(Received::score).toList();
        ResultLedger.Applied applied =
                transactions.run(connection -> ledger.apply(connection, results, now));
        batch.forEach(received -> received.step().close());
        applied.finished().forEach((host, count) -> pace.finished(host, count, now));
        loops.wakeDispatcher();
        loops.closed(applied.closed());
    }

    private void bury(ConsumerRecord<String, byte[]> message, UnreadableMessageException cause) {
        try {
            persistence.untilDone("dead letter", () -> kafka.deadLetter(message, cause));
        } catch (Persistence.UnstorableException e) {
            throw new IllegalStateException("a dead letter has no database", e);
        }
    }
}
