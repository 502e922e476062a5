package io.jarvix.scoring;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchFacts;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.TracedStep;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/// One batch of raw records in, as many scores out. A batch is acknowledged when the broker has
/// every score of it, so a killed process loses nothing; what it had sent already is scored again
/// by another worker, to the same result. Each worker calls this from its own thread, for the
/// partitions that are its own, in their order.
@ApplicationScoped
class RawRecordScoring {

    private static final int LARGEST_DEAD_LETTER = Topics.MAX_MESSAGE_BYTES - 256 * 1024;

    private final PageScorer scorer;
    private final Outbound outbound;
    private final ScoringMetrics metrics;

    RawRecordScoring(PageScorer scorer, Outbound outbound, ScoringMetrics metrics) {
        this.scorer = scorer;
        this.outbound = outbound;
        this.metrics = metrics;
    }

    @Incoming("scoring-raw-records-in")
    @Blocking
    void score(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> answers = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> message : batch) {
            answers.addAll(answers(message));
        }
        outbound.sendAll(answers);
    }

    private List<ProducerRecord<String, byte[]>> answers(ConsumerRecord<String, byte[]> message) {
        RawRecord raw;
        try {
            raw = Wire.read(rawRecordHeader(message), RawRecord.class);
        } catch (UnreadableMessageException e) {
            metrics.countUnreadable();
            return List.of(deadLetter(message, e));
        }
        try (TracedStep step =
                TracedStep.of("score", message.headers())
                        .about(raw.runId(), raw.ordinal(), raw.url())) {
            return answers(message, raw, step);
        }
    }

    private List<ProducerRecord<String, byte[]>> answers(
            ConsumerRecord<String, byte[]> message, RawRecord raw, TracedStep step) {
        long begin = System.nanoTime();
        PageResult result;
        List<ProducerRecord<String, byte[]>> answers = new ArrayList<>(1);
        try {
            result = result(raw, message.value());
        } catch (UnreadableMessageException e) {
            metrics.countUnreadable();
            answers.add(deadLetter(message, e));
            result =
                    new Failed(
                            FailureKind.SCORING, "The page's body is damaged: " + e.getMessage());
        }
        ProducerRecord<String, byte[]> answer =
                new ProducerRecord<>(Topics.SCORES, raw.urlId(), Wire.write(score(raw, result)));
        step.continueIn(answer.headers());
        answers.add(answer);
        metrics.count(result, System.nanoTime() - begin);
        return answers;
    }

    private PageResult result(RawRecord raw, byte @Nullable [] frame)
            throws UnreadableMessageException {
        return switch (raw.outcome()) {
            case Failed failed -> failed;
            case Blocked blocked -> blocked;
            case FetchOutcome.Fetched fetched ->
                    scorer.score(
                            raw,
                            CompressedBody.open(
                                    frame == null ? new byte[0] : frame, raw.bodyLength()));
        };
    }

    private static PageScore score(RawRecord raw, PageResult result) {
        return new PageScore(
                raw.runId(),
                raw.ordinal(),
                raw.lease(),
                raw.url(),
                raw.urlId(),
                FetchFacts.of(raw),
                result);
    }

    /// A message that leaves no room for the headers of a dead letter goes without its value: the
    /// headers tell where it still is.
    private static ProducerRecord<String, byte[]> deadLetter(
            ConsumerRecord<String, byte[]> message, UnreadableMessageException cause) {
        ProducerRecord<String, byte[]> letter = DeadLetter.of(message, cause);
        byte @Nullable [] value = message.value();
        return value == null || value.length <= LARGEST_DEAD_LETTER
                ? letter
                : new ProducerRecord<>(
                        letter.topic(), null, letter.key(), new byte[0], letter.headers());
    }

    private static byte @Nullable [] rawRecordHeader(ConsumerRecord<String, byte[]> message) {
        @Nullable Header header = message.headers().lastHeader(Topics.RAW_RECORD_HEADER);
        return header == null ? null : header.value();
    }
}
