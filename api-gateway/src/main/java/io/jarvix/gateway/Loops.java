package io.jarvix.gateway;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What the gateway does by itself: dispatch, sweep, ask for reports, send the outbox. Each may run
/// in several gateways at once.
@Singleton
final class Loops {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final LedgerSweep sweep;
    private final boolean enabled;
    private final Clock clock = Clock.systemUTC();
    private final Loop dispatching;
    private final Loop sweeping;
    private final Loop reporting;
    private final Loop sending;

    Loops(
            Transactions transactions,
            Dispatcher dispatcher,
            LedgerSweep sweep,
            Reporting reporting,
            Outbox outbox,
            GatewayConfig config) {
        this.transactions = transactions;
        this.sweep = sweep;
        this.enabled = config.dispatch().enabled();
        this.dispatching =
                new Loop(
                        "gateway-dispatch",
                        config.dispatch().poll(),
                        config.dispatch().linger(),
                        () -> {
                            dispatcher.dispatch();
                            return false;
                        });
        this.sweeping =
                new Loop("gateway-sweep", config.dispatch().sweep(), Duration.ZERO, this::sweep);
        this.reporting =
                new Loop(
                        "gateway-report",
                        POLL,
                        Duration.ZERO,
                        () -> {
                            boolean worked = reporting.step();
                            if (worked) {
                                outboxFilled();
                            }
                            return worked;
                        });
        this.sending = new Loop("gateway-outbox", POLL, Duration.ZERO, outbox::step);
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            all().forEach(Loop::start);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        all().forEach(Loop::close);
    }

    /// There is room, or something new to dispatch.
    void wakeDispatcher() {
        dispatching.wake();
    }

    /// These runs have no open line any more.
    void closed(Set<UUID> runs) {
        if (!runs.isEmpty()) {
            reporting.wake();
        }
    }

    void outboxFilled() {
        sending.wake();
    }

    private List<Loop> all() {
        return List.of(dispatching, sweeping, reporting, sending);
    }

    private boolean sweep() throws Exception {
        Instant now = clock.instant();
        LedgerSweep.Swept swept =
                transactions.run(connection -> sweep.expireLeases(connection, now));
        boolean ended = transactions.run(connection -> endOverdue(connection, now));
        closed(swept.closed());
        if (swept.lines() > 0 || ended) {
            wakeDispatcher();
            reporting.wake();
        }
        return swept.lines() > 0 || ended;
    }

    private boolean endOverdue(Connection connection, Instant now) throws Exception {
        UUID run = sweep.overdue(connection, now);
        return run != null && sweep.end(connection, run, RunState.EXPIRED, now);
    }
}
