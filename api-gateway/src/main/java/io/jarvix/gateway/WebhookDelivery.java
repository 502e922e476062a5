package io.jarvix.gateway;

import io.jarvix.contracts.Cidr;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Delivers the events of the outbox: at least once, each attempt with the same id and body, again
/// after growing pauses, a bounded number of times. An event is claimed for a while first, so that
/// two gateways do not send it both, and no transaction is open while it is sent.
@Singleton
final class WebhookDelivery {

    private static final Logger LOG = Logger.getLogger(WebhookDelivery.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    /// Deliveries at once, so that a receiver that hangs does not hold up the others.
    private static final int AT_ONCE = 8;

    private static final List<Webhook.State> ENDS =
            List.of(Webhook.State.DELIVERED, Webhook.State.GIVEN_UP, Webhook.State.REFUSED);

    private final WebhookTarget.Lookup lookup;
    private final WebhookCall call;
    private final List<Cidr> allowed;
    private final WebhookPauses pauses;
    private final Duration claim;
    private final boolean enabled;
    private final MeterRegistry registry;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final Loop claiming = new Loop("gateway-webhooks", POLL, Duration.ZERO, this::step);

    /// An event to send, and whom.
    private record Claimed(long message, Webhook webhook, byte[] event) {}

    WebhookDelivery(Vertx vertx, GatewayConfig config, MeterRegistry registry) {
        GatewayConfig.Webhooks webhooks = config.webhook();
        this.lookup = new NameLookup(webhooks.deadline());
        this.call = new WebhookCall(vertx, webhooks.deadline());
        this.allowed =
                webhooks.allowedPrivateCidrs().orElse(List.of()).stream().map(Cidr::parse).toList();
        this.pauses = new WebhookPauses(webhooks.attempts(), webhooks.window());
        this.claim = webhooks.deadline().multipliedBy(2).plusSeconds(30);
        this.enabled = config.dispatch().enabled();
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        // Shown from the start, as zero: a rate over a counter that appears with its first event
        // misses that event.
        for (Webhook.State state : ENDS) {
            settled(state);
        }
        if (enabled) {
            claiming.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        claiming.close();
        call.close();
    }

    private boolean step() {
        if (!permits.tryAcquire()) {
            return false;
        }
        @Nullable Claimed claimed = null;
        try {
            claimed = QuarkusTransaction.requiringNew().call(this::claim);
        } finally {
            if (claimed == null) {
                permits.release();
            }
        }
        if (claimed != null) {
            Claimed mine = claimed;
            Thread.ofVirtual().name("gateway-webhook").start(() -> deliver(mine));
        }
        return claimed != null;
    }

    private @Nullable Claimed claim() {
        Instant now = clock.instant();
        OutboxMessage message = OutboxMessage.nextDue(OutboxMessage.Kind.WEBHOOK, now);
        if (message == null || message.id == null) {
            return null;
        }
        Webhook webhook = Webhook.findById(message.runId);
        message.attempts++;
        message.dueAt = now.plus(claim);
        webhook.attempts = message.attempts;
        webhook.attemptedAt = now;
        return new Claimed(message.id, webhook, message.payload);
    }

    private void deliver(Claimed claimed) {
        try {
            WebhookTarget target = WebhookTarget.check(claimed.webhook().url, lookup, allowed);
            int status = call.post(target, headers(claimed), claimed.event());
            if (status / 100 == 2) {
                settle(claimed, Webhook.State.DELIVERED, null);
            } else {
                failed(claimed, "The receiver answered " + status + ".");
            }
        } catch (WebhookTarget.RefusedException e) {
            settle(claimed, Webhook.State.REFUSED, e.getMessage());
        } catch (IOException e) {
            failed(claimed, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf(e, "A webhook is tried again: runId=%s", claimed.webhook().runId);
        } finally {
            permits.release();
            claiming.wake();
        }
    }

    private Map<String, String> headers(Claimed claimed) {
        String id = String.valueOf(claimed.webhook().eventId);
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "JARVIX-Webhook/1");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        String secret = claimed.webhook().secret;
        if (secret != null) {
            headers.put(
                    "webhook-signature",
                    WebhookSignature.of(secret, id, timestamp, claimed.event()));
        }
        return headers;
    }

    private void failed(Claimed claimed, String why) {
        int attempt = claimed.webhook().attempts;
        if (pauses.isLast(attempt)) {
            settle(claimed, Webhook.State.GIVEN_UP, why);
            return;
        }
        Instant next = clock.instant().plus(pauses.after(attempt));
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            OutboxMessage.update(
                                    "dueAt = ?1, error = ?2 where id = ?3",
                                    next,
                                    StorableText.of(why),
                                    claimed.message());
                            Webhook.update(
                                    "error = ?1 where runId = ?2",
                                    StorableText.of(why),
                                    claimed.webhook().runId);
                        });
    }

    private void settle(Claimed claimed, Webhook.State state, @Nullable String why) {
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            OutboxMessage.deleteById(claimed.message());
                            Webhook webhook = Webhook.of(claimed.webhook().runId);
                            if (webhook != null) {
                                webhook.end(state, why == null ? null : StorableText.of(why));
                            }
                        });
        settled(state).increment();
        LOG.infof(
                "A webhook is settled: runId=%s, state=%s, attempts=%d",
                claimed.webhook().runId, state, claimed.webhook().attempts);
    }

    private Counter settled(Webhook.State state) {
        return registry.counter(
                "jarvix.gateway.webhooks", "result", state.name().toLowerCase(Locale.ROOT));
    }
}
