package io.jarvix.collector;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.TracedStep;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// From the topic of tasks to the topic of raw records. A bounded number of tasks is in memory; a
/// task is acknowledged when the broker has its raw record, and the connector commits an offset
/// only when all before it are acknowledged. What is not committed when the process ends is handed
/// to another collector.
@ApplicationScoped
class UrlTasks {

    private static final Logger LOG = Logger.getLogger(UrlTasks.class);
    private static final Duration FIRST_RESEND = Duration.ofMillis(500);
    private static final Duration LAST_RESEND = Duration.ofSeconds(30);

    private record Dispatch(UUID runId, int ordinal, int lease) {
        static Dispatch of(UrlTask task) {
            return new Dispatch(task.runId(), task.ordinal(), task.lease().number());
        }
    }

    private final CollectorConfig config;
    private final Collector collector;
    private final MutinyEmitter<byte[]> rawRecords;
    private final MutinyEmitter<byte[]> deadLetters;
    private final PartitionEpochs epochs;
    private final AtomicInteger unacknowledged = new AtomicInteger();
    private final Map<Dispatch, CompletableFuture<Boolean>> inHand = new ConcurrentHashMap<>();
    private final Cache<Dispatch, Boolean> finished =
            Caffeine.newBuilder()
                    .maximumSize(50_000)
                    .expireAfterWrite(Duration.ofMinutes(15))
                    .build();

    UrlTasks(
            CollectorConfig config,
            Collector collector,
            @Identifier("collector-urls-in") PartitionEpochs epochs,
            @Channel("collector-raw-records-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> rawRecords,
            @Channel("collector-dead-letters-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<byte[]> deadLetters) {
        this.config = config;
        this.collector = collector;
        this.epochs = epochs;
        this.rawRecords = rawRecords;
        this.deadLetters = deadLetters;
    }

    @Incoming("collector-urls-in")
    Flow.Subscriber<Message<byte[]>> tasks() {
        return new Flow.Subscriber<>() {
            private Flow.@Nullable Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription s) {
                subscription = s;
                s.request(config.maxTasks());
            }

            @Override
            public void onNext(Message<byte[]> message) {
                work(message).whenComplete((done, failure) -> requestOne());
            }

            private void requestOne() {
                Flow.Subscription s = subscription;
                if (s != null) {
                    s.request(1);
                }
            }

            @Override
            public void onError(Throwable failure) {
                LOG.error("the channel of tasks failed", failure);
            }

            @Override
            public void onComplete() {}
        };
    }

    private CompletionStage<Void> work(Message<byte[]> message) {
        ConsumerRecord<String, byte[]> record = recordOf(message);
        UrlTask task;
        try {
            task = Wire.read(record.value(), UrlTask.class);
        } catch (UnreadableMessageException e) {
            collector.metrics().deadLetter();
            LOG.warnf(
                    "a task cannot be read partition=%d offset=%d error=%s",
                    record.partition(), record.offset(), e.getMessage());
            return send(deadLetters, DeadLetter.of(record, e)).thenCompose(sent -> message.ack());
        }
        int partition = record.partition();
        int epoch = epochs.of(partition);
        TracedStep step =
                TracedStep.of("collect", record.headers())
                        .about(task.runId(), task.ordinal(), task.url());
        return once(task, partition, epoch, step)
                .whenComplete((done, failure) -> step.close())
                .thenCompose(done -> message.ack());
    }

    /// One raw record for a task that comes more than once under one lease.
    private CompletionStage<Boolean> once(UrlTask task, int partition, int epoch, TracedStep step) {
        Dispatch dispatch = Dispatch.of(task);
        if (finished.getIfPresent(dispatch) != null) {
            collector.metrics().redelivered();
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<Boolean> other = inHand.putIfAbsent(dispatch, mine);
        if (other != null) {
            collector.metrics().redelivered();
            return other.thenCompose(
                    written ->
                            written || task.lease().expiredAt(collector.now())
                                    ? CompletableFuture.completedFuture(written)
                                    : once(task, partition, epoch, step));
        }
        collector
                .collect(task, () -> epochs.of(partition) != epoch, page -> onward(page, step))
                .whenComplete(
                        (written, failure) -> {
                            if (failure == null && written) {
                                finished.put(dispatch, true);
                            }
                            inHand.remove(dispatch);
                            if (failure == null) {
                                mine.complete(written);
                            } else {
                                mine.completeExceptionally(failure);
                            }
                        });
        return mine;
    }

    private CompletionStage<Void> onward(RawPage page, TracedStep step) {
        if (unacknowledged.incrementAndGet() == config.maxUnacknowledged()) {
            collector.congested(this::isCongested);
        }
        return send(rawRecords, recordOf(page, step))
                .whenComplete(
                        (sent, failure) -> {
                            if (unacknowledged.decrementAndGet()
                                    == config.maxUnacknowledged() - 1) {
                                collector.congested(this::isCongested);
                            }
                        });
    }

    private boolean isCongested() {
        return unacknowledged.get() >= config.maxUnacknowledged();
    }

    private static ProducerRecord<String, byte[]> recordOf(RawPage page, TracedStep step) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.RAW_RECORDS, page.raw().urlId(), page.frame());
        record.headers().add(Topics.RAW_RECORD_HEADER, Wire.write(page.raw()));
        step.continueIn(record.headers());
        return record;
    }

    /// Sends until the broker has it: an outage delays a record and never loses it.
    private static CompletionStage<Void> send(
            MutinyEmitter<byte[]> emitter, ProducerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .deferred(() -> emitter.sendMessage(messageOf(record)))
                .onFailure()
                .invoke(
                        failure ->
                                LOG.warnf(
                                        "a record is not yet in Kafka topic=%s error=%s",
                                        record.topic(), failure))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RESEND, LAST_RESEND)
                .indefinitely()
                .subscribeAsCompletionStage();
    }

    private static Message<byte[]> messageOf(ProducerRecord<String, byte[]> record) {
        return Message.of(record.value() == null ? new byte[0] : record.value())
                .addMetadata(
                        OutgoingKafkaRecordMetadata.<String>builder()
                                .withTopic(record.topic())
                                .withKey(record.key())
                                .withHeaders(record.headers())
                                .build());
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> recordOf(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("not a message of Kafka"))
                .getRecord();
    }
}
