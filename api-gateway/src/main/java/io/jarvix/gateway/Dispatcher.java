package io.jarvix.gateway;

import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.Lease;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Publishes from PENDING what the [Frontier] decides, in small slices.
///
/// The tasks are published before the transaction that leases them commits: a crash in between
/// publishes them once more, which the ledger makes good, and no URL waits for a lease to run out.
/// While the broker is away nothing leaves PENDING, and no line stays locked for long: after a
/// second without success it is asked whether it answers before lines are leased. For one thread.
final class Dispatcher {

    private static final Duration TRUST = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final Publisher publisher;
    private final Clock clock;
    private final int maxOutstanding;
    private final Duration lease;
    private final Frontier frontier;
    private final HostPace pace;
    private final DispatchLedger ledger = new DispatchLedger();
    private Instant publishedAt = Instant.EPOCH;

    /// Where tasks go; returns when the broker has them all, and throws where it has not.
    interface Publisher {
        void publish(List<Task> tasks) throws Exception;

        /// Throws where nothing could be published now.
        default void probe() throws Exception {}
    }

    record Task(String host, byte[] message) {}

    Dispatcher(
            Transactions transactions,
            Publisher publisher,
            Clock clock,
            GatewayConfig.Dispatch config,
            HostPace pace) {
        this.transactions = transactions;
        this.publisher = publisher;
        this.clock = clock;
        this.maxOutstanding = config.maxOutstanding();
        this.lease = config.lease();
        this.frontier = new Frontier(config.maxOutstanding());
        this.pace = pace;
    }

    /// Dispatches what there is room for.
    ///
    /// @return how many URLs went out
    int dispatch() throws Exception {
        return transactions.run(this::dispatch);
    }

    private int dispatch(Connection connection) throws Exception {
        ledger.lockDecision(connection);
        List<DispatchLedger.OpenRun> runs = ledger.openRuns(connection);
        int outstanding = runs.stream().mapToInt(DispatchLedger.OpenRun::dispatched).sum();
        int free = maxOutstanding - outstanding;
        if (free <= 0 || runs.stream().noneMatch(run -> run.pending() > 0)) {
            return 0;
        }
        Instant now = clock.instant();
        Map<String, Integer> busy = ledger.busyHosts(connection);
        List<Frontier.WaitingRun> waiting = ledger.waiting(connection, runs, free + busy.size());
        List<Frontier.Slice> slices =
                frontier.decide(waiting, outstanding, busy, host -> pace.window(host, now));
        if (slices.isEmpty()) {
            return 0;
        }
        if (publishedAt.plus(TRUST).isBefore(now)) {
            publisher.probe();
        }
        Instant expiresAt = now.plus(lease);
        List<DispatchLedger.Leased> leased = ledger.lease(connection, slices, expiresAt);
        publisher.publish(tasks(leased, runs, expiresAt));
        publishedAt = clock.instant();
        Tally tally = new Tally();
        for (DispatchLedger.Leased line : leased) {
            tally.move(line.run(), line.host(), LineState.PENDING, LineState.DISPATCHED);
        }
        tally.write(connection, now);
        ledger.moveOn(connection, slices, leased);
        return leased.size();
    }

    private static List<Task> tasks(
            List<DispatchLedger.Leased> leased,
            List<DispatchLedger.OpenRun> runs,
            Instant expiresAt)
            throws UnreadableMessageException {
        Map<UUID, FetchOptions> options = new HashMap<>();
        for (DispatchLedger.OpenRun run : runs) {
            options.put(run.id(), RunOptions.readFetchOptions(run.fetchOptions()));
        }
        return leased.stream()
                .map(
                        line ->
                                new Task(
                                        line.host(),
                                        Wire.write(
                                                new UrlTask(
                                                        line.run(),
                                                        line.ordinal(),
                                                        line.url(),
                                                        line.urlId(),
                                                        new Lease(line.lease(), expiresAt),
                                                        options.getOrDefault(
                                                                line.run(), FetchOptions.NONE)))))
                .toList();
    }
}
