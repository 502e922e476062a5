package io.jarvix.scoring;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CompressedBody;
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
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// What is sent for a message, whatever it is and whatever happens to it:
///
/// - a page: its score;
/// - a page that cannot be opened or scored: a score that says `FAILED(SCORING)`, so that the URL
///   ends, and the message as a dead letter, so that somebody can look at it;
/// - a message that is no raw record: a dead letter. Its URL is not known; its lease runs out.
///
/// Nothing that one message does reaches the messages behind it as an exception. Safe from any
/// thread.
final class Answers {

    /// Scores have at most some ten kilobytes; a record can carry addresses of any length.
    private static final int LARGEST_SCORE = 1024 * 1024;

    private final Scoring scoring;
    private final ScoringMetrics metrics;
    private final int maxPageBytes;

    /// @param maxPageBytes a body that is larger is not opened
    Answers(Scoring scoring, ScoringMetrics metrics, int maxPageBytes) {
        this.scoring = scoring;
        this.metrics = metrics;
        this.maxPageBytes = maxPageBytes;
    }

    /// The records that answer a message, to be sent in this order.
    List<ProducerRecord<String, byte[]>> to(ConsumerRecord<String, byte[]> message) {
        RawRecord raw;
        try {
            raw = Wire.read(rawRecordHeader(message), RawRecord.class);
        } catch (UnreadableMessageException e) {
            return List.of(deadLetter(message, String.valueOf(e.getMessage())));
        }
        try (TracedStep step =
                TracedStep.of("score", message.headers())
                        .about(raw.runId(), raw.ordinal(), raw.url())) {
            return to(message, raw, step);
        }
    }

    private List<ProducerRecord<String, byte[]>> to(
            ConsumerRecord<String, byte[]> message, RawRecord raw, TracedStep step) {
        long begin = System.nanoTime();
        List<ProducerRecord<String, byte[]>> answers = new ArrayList<>(1);
        PageResult result = result(raw, message.value());
        byte[] score = score(raw, result);
        if (score.length > LARGEST_SCORE) {
            return List.of(deadLetter(message, "its score would have " + score.length + " bytes"));
        }
        if (raw.outcome() instanceof FetchOutcome.Fetched && result instanceof Failed failed) {
            answers.add(deadLetter(message, failed.message()));
        }
        ProducerRecord<String, byte[]> answer =
                new ProducerRecord<>(Topics.SCORES, raw.urlId(), score);
        step.continueIn(answer.headers());
        answers.add(answer);
        metrics.count(result, System.nanoTime() - begin);
        return answers;
    }

    private PageResult result(RawRecord raw, byte @Nullable [] frame) {
        return switch (raw.outcome()) {
            case Failed failed -> failed;
            case Blocked blocked -> blocked;
            case FetchOutcome.Fetched fetched -> scored(raw, frame == null ? new byte[0] : frame);
        };
    }

    private PageResult scored(RawRecord raw, byte[] frame) {
        if (raw.bodyLength() > maxPageBytes) {
            return failed(
                    "The page has "
                            + raw.bodyLength()
                            + " bytes, more than jarvix.scoring.max-page-bytes = "
                            + maxPageBytes
                            + ".");
        }
        try {
            return scoring.score(raw, CompressedBody.open(frame, raw.bodyLength()));
        } catch (UnreadableMessageException e) {
            return failed("The page's body is damaged: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed("The page could not be scored: " + e);
        }
    }

    private static Failed failed(String why) {
        return new Failed(FailureKind.SCORING, why);
    }

    private static byte[] score(RawRecord raw, PageResult result) {
        return Wire.write(
                new PageScore(
                        raw.runId(),
                        raw.ordinal(),
                        raw.lease(),
                        raw.url(),
                        raw.urlId(),
                        FetchFacts.of(raw),
                        result));
    }

    private ProducerRecord<String, byte[]> deadLetter(
            ConsumerRecord<String, byte[]> message, String cause) {
        metrics.countDeadLetter();
        return DeadLetters.of(message, cause);
    }

    private static byte @Nullable [] rawRecordHeader(ConsumerRecord<String, byte[]> message) {
        @Nullable Header header = message.headers().lastHeader(Topics.RAW_RECORD_HEADER);
        return header == null ? null : header.value();
    }
}
