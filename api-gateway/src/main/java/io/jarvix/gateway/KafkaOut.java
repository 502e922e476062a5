package io.jarvix.gateway;

import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.TracedStep;
import io.jarvix.contracts.UnreadableMessageException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jspecify.annotations.Nullable;

/// What the gateway publishes. Each method returns when the broker has the messages, and throws
/// where it has not.
@Singleton
final class KafkaOut implements Dispatcher.Publisher {

    /// Above the producers' own `delivery.timeout.ms`, so that a message is never given up while it
    /// may still go out.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MutinyEmitter<byte[]> urls;
    private final MutinyEmitter<byte[]> pdfRequests;
    private final MutinyEmitter<byte[]> deadLetters;
    private final Broker broker;
    private final GatewayMetrics metrics;

    KafkaOut(
            @Channel("gateway-urls-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> urls,
            @Channel("gateway-pdf-requests-out") MutinyEmitter<byte[]> pdfRequests,
            @Channel("gateway-dead-letters-out") MutinyEmitter<byte[]> deadLetters,
            Broker broker,
            GatewayMetrics metrics) {
        this.broker = broker;
        this.urls = urls;
        this.pdfRequests = pdfRequests;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    @Override
    public void publish(List<Dispatcher.Task> tasks) throws Exception {
        if (tasks.isEmpty()) {
            return;
        }
        await(Uni.join().all(tasks.stream().map(this::send).toList()).andCollectFailures());
    }

    @Override
    public void probe() throws Exception {
        @Nullable String objection = broker.objection();
        if (objection != null) {
            throw new IllegalStateException("the broker does not answer: " + objection);
        }
    }

    private Uni<Void> send(Dispatcher.Task task) {
        try (TracedStep step = TracedStep.first("dispatch")) {
            Headers headers = new RecordHeaders();
            step.continueIn(headers);
            OutgoingKafkaRecordMetadata<String> metadata =
                    OutgoingKafkaRecordMetadata.<String>builder()
                            .withKey(task.host())
                            .withHeaders(headers)
                            .build();
            return urls.sendMessage(Message.of(task.message()).addMetadata(metadata));
        }
    }

    void pdfRequest(String key, byte[] message) throws Exception {
        await(pdfRequests.sendMessage(message(key, message)));
    }

    void deadLetter(ConsumerRecord<String, byte[]> unreadable, UnreadableMessageException cause)
            throws Exception {
        ProducerRecord<String, byte[]> letter = DeadLetter.of(unreadable, cause);
        OutgoingKafkaRecordMetadata<String> metadata =
                OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(letter.key())
                        .withHeaders(letter.headers())
                        .build();
        byte[] value = letter.value() == null ? new byte[0] : letter.value();
        await(deadLetters.sendMessage(Message.of(value).addMetadata(metadata)));
        metrics.deadLetter();
    }

    private static Message<byte[]> message(String key, byte[] value) {
        return Message.of(value)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder().withKey(key).build());
    }

    private static void await(Uni<?> send) throws Exception {
        try {
            send.subscribeAsCompletionStage().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker did not answer within " + PATIENCE, e);
        }
    }
}
