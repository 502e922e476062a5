package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends the requests for reports that were committed: at least once, and again with a growing
/// pause until the broker has them ([WebhookDelivery] sends what goes outside). A message is
/// claimed for a while first, so that two gateways do not send it both, and no transaction is open
/// meanwhile.
@Singleton
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final KafkaOut kafka;
    private final Clock clock = Clock.systemUTC();

    Outbox(KafkaOut kafka) {
        this.kafka = kafka;
    }

    /// Sends one message.
    ///
    /// @return whether there was one
    boolean step() throws InterruptedException {
        @Nullable OutboxMessage message = QuarkusTransaction.requiringNew().call(this::claim);
        if (message == null) {
            return false;
        }
        try {
            kafka.pdfRequest(message.runId.toString(), message.payload);
            QuarkusTransaction.requiringNew().run(() -> OutboxMessage.deleteById(message.id));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warnf("An outbox message waits: runId=%s, error=%s", message.runId, e.getMessage());
            QuarkusTransaction.requiringNew().run(() -> postpone(message, e));
        }
        return true;
    }

    private @Nullable OutboxMessage claim() {
        Instant now = clock.instant();
        OutboxMessage message = OutboxMessage.nextDue(OutboxMessage.Kind.PDF_REQUEST, now);
        if (message != null) {
            message.attempts++;
            message.dueAt = now.plus(CLAIM);
        }
        return message;
    }

    private void postpone(OutboxMessage message, Exception failure) {
        Duration pause = Duration.ofMillis(500).multipliedBy(1L << Math.min(message.attempts, 10));
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        OutboxMessage.update(
                "dueAt = ?1, error = ?2 where id = ?3",
                clock.instant().plus(bounded),
                String.valueOf(failure.getMessage()),
                message.id);
    }
}
