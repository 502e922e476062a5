package io.jarvix.gateway;

import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Results on their way into the ledger. A batch is acknowledged once it is committed; while the
// database is away it
/// is tried again. What cannot be read, or not be stored, is a dead letter.
@Singleton
final class ScoreIntake {

    private final Transactions transactions;
    private final KafkaOut kafka;
    private final Loops loops;
    private final HostPace pace;
    private final Persistence persistence;
    private final ResultLedger ledger = new ResultLedger();
    private final Clock clock = Clock.systemUTC();

    private record Received(ConsumerRecord<String, byte[]> message, PageScore score) {}

    ScoreIntake(
            Transactions transactions,
            KafkaOut kafka,
            Loops loops,
            HostPace pace,
            Persistence persistence) {
        this.transactions = transactions;
        this.kafka = kafka;
        this.loops = loops;
        this.pace = pace;
        this.persistence = persistence;
    }

    @Incoming("gateway-scores-in")
    @Blocking
    void take(ConsumerRecords<String, byte[]> batch) {
        List<Received> readable = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> message : batch) {
            try {
                readable.add(new Received(message, Wire.read(message.value(), PageScore.class)));
            } catch (UnreadableMessageException e) {
                bury(message, e);
            }
        }
        if (!readable.isEmpty()) {
            store(readable);
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
            } else {
                store(batch.subList(0, batch.size() / 2));
                store(batch.subList(batch.size() / 2, batch.size()));
            }
        }
    }

    private void apply(List<Received> batch) throws Exception {
        Instant now = clock.instant();
        List<PageScore> scores = batch.stream().map(Received::score).toList();
        ResultLedger.Applied applied =
                transactions.run(connection -> ledger.apply(connection, scores, now));
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
