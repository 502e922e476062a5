package io.jarvix.pdf;

import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.quarkus.logging.Log;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/// Sends what the service has to say. A send returns when the broker has the message, and is
/// repeated for as long as it does not take it.
@ApplicationScoped
class ReportsOut {

    private final MutinyEmitter<byte[]> reports;
    private final MutinyEmitter<byte[]> deadLetters;
    private final PdfConfig config;
    private final PdfMetrics metrics;

    ReportsOut(
            @Channel("pdf-reports-out") MutinyEmitter<byte[]> reports,
            @Channel("pdf-dead-letters-out") MutinyEmitter<byte[]> deadLetters,
            PdfConfig config,
            PdfMetrics metrics) {
        this.reports = reports;
        this.deadLetters = deadLetters;
        this.config = config;
        this.metrics = metrics;
    }

    /// A report, or the reason why there is none.
    void report(ReportResult result, byte @Nullable [] pdf) throws InterruptedException {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Topics.REPORT_RESULT_HEADER, Wire.write(result));
        send(reports, pdf == null ? new byte[0] : pdf, result.runId().toString(), headers);
        metrics.answered(result);
    }

    /// A message that nobody can read.
    void deadLetter(ConsumerRecord<String, byte[]> message, UnreadableMessageException cause)
            throws InterruptedException {
        Log.warnf(
                "message is unreadable, partition=%d offset=%d error=%s",
                message.partition(), message.offset(), cause.getMessage());
        ProducerRecord<String, byte[]> letter = DeadLetter.of(message, cause);
        send(deadLetters, letter.value(), letter.key(), new RecordHeaders(letter.headers()));
        metrics.deadLetter();
    }

    private void send(
            MutinyEmitter<byte[]> emitter,
            byte[] value,
            @Nullable String key,
            RecordHeaders headers)
            throws InterruptedException {
        OutgoingKafkaRecordMetadata<String> metadata =
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(key)
                        .withHeaders(headers)
                        .build();
        Duration pause = config.retryDelay();
        while (true) {
            try {
                emitter.sendMessageAndAwait(Message.of(value).addMetadata(metadata));
                return;
            } catch (RuntimeException e) {
                metrics.repeatedSend();
                Log.warnf("broker does not take a message, key=%s error=%s", key, e.getMessage());
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                Duration twice = pause.multipliedBy(2);
                pause =
                        twice.compareTo(config.retryDelayLimit()) > 0
                                ? config.retryDelayLimit()
                                : twice;
            }
        }
    }
}
