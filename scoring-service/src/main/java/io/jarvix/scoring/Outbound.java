package io.jarvix.scoring;

import io.jarvix.contracts.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/// Sends a batch and returns when the broker has acknowledged all of it. During an outage it goes
/// on trying, in order, until it succeeds or the process stops; what the caller has not seen
/// return, it must not acknowledge. What a broker will never take, since it is larger than the
/// topic allows, is not tried again: a dead letter goes without its content, a score is given up
/// with an error in the log, and its lease runs out. Safe from any thread.
@ApplicationScoped
class Outbound {

    private static final Logger LOG = Logger.getLogger(Outbound.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Emitter<ProducerRecord<String, byte[]>> scores;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;

    Outbound(
            @Channel("scoring-scores-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, byte[]>> scores,
            @Channel("scoring-dead-letters-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.scores = scores;
        this.deadLetters = deadLetters;
    }

    void sendAll(List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> open = sendOnce(records);
        Duration pause = FIRST_PAUSE;
        while (!open.isEmpty()) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            open = sendOnce(open);
        }
    }

    /// Returns what the broker did not take.
    private List<ProducerRecord<String, byte[]>> sendOnce(
            List<ProducerRecord<String, byte[]>> records) throws InterruptedException {
        List<CompletionStage<Void>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<String, byte[]> record : records) {
            sent.add(emitterOf(record).send(record));
        }
        List<ProducerRecord<String, byte[]>> open = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).toCompletableFuture().get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RecordTooLargeException) {
                    open.addAll(insteadOf(records.get(i), e.getCause()));
                    continue;
                }
                if (open.isEmpty()) {
                    LOG.warnf(
                            "the broker did not take a message, topic=%s error=%s",
                            records.get(i).topic(), e.getCause());
                }
                open.add(records.get(i));
            }
        }
        return open;
    }

    private static List<ProducerRecord<String, byte[]>> insteadOf(
            ProducerRecord<String, byte[]> tooLarge, Throwable cause) {
        boolean hasContent = tooLarge.value() != null && tooLarge.value().length > 0;
        if (tooLarge.topic().equals(Topics.DEAD_LETTERS) && hasContent) {
            return List.of(DeadLetters.bare(tooLarge));
        }
        LOG.errorf(
                "the topic does not allow a message of this size, topic=%s key=%s error=%s",
                tooLarge.topic(), tooLarge.key(), cause);
        return List.of();
    }

    private Emitter<ProducerRecord<String, byte[]>> emitterOf(
            ProducerRecord<String, byte[]> record) {
        return record.topic().equals(Topics.DEAD_LETTERS) ? deadLetters : scores;
    }
}
