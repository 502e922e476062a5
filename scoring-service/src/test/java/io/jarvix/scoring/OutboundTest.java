package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Topics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/// What is sent again, and what is not.
class OutboundTest {

    private final RecordingEmitter scores = new RecordingEmitter();
    private final RecordingEmitter deadLetters = new RecordingEmitter();
    private final Outbound outbound = new Outbound(scores, deadLetters);

    @Test
    void whatTheBrokerDidNotTakeIsSentAgainAndNothingElse() throws Exception {
        scores.failures.add(Optional.of(new TimeoutException("away")));
        scores.failures.add(Optional.empty());
        scores.failures.add(Optional.of(new TimeoutException("still away")));

        outbound.sendAll(List.of(score("one"), score("two")));

        assertThat(scores.keys).containsExactly("one", "two", "one", "one");
    }

    @Test
    void aDeadLetterThatTheTopicDoesNotAllowGoesWithoutItsContent() throws Exception {
        deadLetters.failures.add(Optional.of(new RecordTooLargeException("1 MB")));

        outbound.sendAll(List.of(deadLetter("key", new byte[2_000_000])));

        assertThat(deadLetters.keys).containsExactly("key", "key");
        assertThat(deadLetters.last.value()).isEmpty();
    }

    @Test
    void whatNeverFitsIsGivenUpAndTheRestIsSent() throws Exception {
        scores.failures.add(Optional.of(new RecordTooLargeException("1 MB")));

        outbound.sendAll(List.of(score("too large"), score("next")));

        assertThat(scores.keys).containsExactly("too large", "next");
    }

    private static ProducerRecord<String, byte[]> score(String key) {
        return new ProducerRecord<>(Topics.SCORES, key, new byte[1]);
    }

    private static ProducerRecord<String, byte[]> deadLetter(String key, byte[] value) {
        return new ProducerRecord<>(Topics.DEAD_LETTERS, key, value);
    }

    /// Takes everything but what it is told to refuse.
    private static final class RecordingEmitter implements Emitter<ProducerRecord<String, byte[]>> {

        private final Deque<Optional<RuntimeException>> failures = new ArrayDeque<>();
        private final List<String> keys = new ArrayList<>();
        private ProducerRecord<String, byte[]> last = score("none");

        @Override
        public CompletionStage<Void> send(ProducerRecord<String, byte[]> record) {
            keys.add(record.key());
            last = record;
            Optional<RuntimeException> failure =
                    failures.isEmpty() ? Optional.empty() : failures.remove();
            return failure.<CompletionStage<Void>>map(CompletableFuture::failedFuture)
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        }

        @Override
        public <M extends Message<? extends ProducerRecord<String, byte[]>>> void send(M message) {
            throw new UnsupportedOperationException("records are sent without an envelope");
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception e) {
            throw new UnsupportedOperationException("a channel is never ended by an error", e);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
