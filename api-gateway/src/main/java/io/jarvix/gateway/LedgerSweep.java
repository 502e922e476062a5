package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends what would not end by itself: leases, runs over their deadline, runs that a person cancels.
final class LedgerSweep {

    private static final int BATCH = 2_000;

    private final int renewals;

    LedgerSweep(int renewals) {
        this.renewals = renewals;
    }

    /// @param lines how many lines changed
    /// @param closed runs that were closed by it
    record Swept(int lines, Set<UUID> closed) {}

    /// Lines whose lease ran out are PENDING again, or EXPIRED after the last renewal. A batch of
    /// them, part of the caller's transaction.
    Swept expireLeases(Connection connection, Instant now) throws SQLException {
        Tally tally = new Tally();
        int lines = 0;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        WITH late AS MATERIALIZED (SELECT run_id, ordinal FROM ledger
                            WHERE state = 'DISPATCHED' AND lease_expires_at <= ?
                            ORDER BY run_id, ordinal LIMIT ? FOR UPDATE SKIP LOCKED)
                        UPDATE ledger SET state = CASE WHEN lease > ? THEN 'EXPIRED' ELSE 'PENDING' END,
                            lease_expires_at = NULL,
                            ended_at = CASE WHEN lease > ? THEN ?::timestamptz END,
                            message = CASE WHEN lease > ? THEN 'No result within ' || lease || ' leases.' END
                        FROM late WHERE ledger.run_id = late.run_id AND ledger.ordinal = late.ordinal
                        RETURNING ledger.run_id, ledger.host, ledger.state""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setInt(2, BATCH);
            statement.setInt(3, renewals);
            statement.setInt(4, renewals);
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setInt(6, renewals);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines++;
                    tally.move(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            LineState.DISPATCHED,
                            LineState.valueOf(rows.getString(3)));
                }
            }
        }
        Set<UUID> closed = tally.write(connection, now);
        lookFromTheStart(connection, tally);
        return new Swept(lines, closed);
    }

    /// Ends a run before its time: each open line is `CANCELLED` or `EXPIRED`. Part of the caller's
    /// transaction.
    ///
    /// @param end `CANCELLED` or `EXPIRED`
    /// @return false where the run has no open line any more, or is not known
    boolean end(Connection connection, UUID run, RunState end, Instant now) throws SQLException {
        LineState lineEnd = end == RunState.CANCELLED ? LineState.CANCELLED : LineState.EXPIRED;
        Tally tally = new Tally();
        lockOpen(connection, run, tally, lineEnd);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        UPDATE ledger SET state = ?, lease_expires_at = NULL, ended_at = ?
                        WHERE run_id = ? AND state IN ('PENDING', 'DISPATCHED')""")) {
            statement.setString(1, lineEnd.name());
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setObject(3, run);
            statement.executeUpdate();
        }
        if (tally.isEmpty()) {
            return false;
        }
        tally.endAs(end);
        return tally.write(connection, now).contains(run);
    }

    /// Locks the run's open lines, in a statement of its own ([ResultLedger] says why).
    private static void lockOpen(Connection connection, UUID run, Tally tally, LineState end)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT host, state FROM ledger WHERE run_id = ? AND state IN ('PENDING', 'DISPATCHED')
                        ORDER BY ordinal FOR NO KEY UPDATE""")) {
            statement.setFetchSize(BATCH);
            statement.setObject(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tally.move(run, rows.getString(1), LineState.valueOf(rows.getString(2)), end);
                }
            }
        }
    }

    /// A run whose deadline has passed.
    @Nullable UUID overdue(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT id FROM run WHERE state IN ('ACCEPTED', 'RUNNING') AND deadline_at <= ?
                        ORDER BY id LIMIT 1""")) {
            statement.setTimestamp(1, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, UUID.class) : null;
            }
        }
    }

    private static void lookFromTheStart(Connection connection, Tally tally) throws SQLException {
        if (tally.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "UPDATE lane SET next_ordinal = 0 WHERE run_id = ANY (?) AND pending > 0 AND next_ordinal > 0")) {
            statement.setArray(
                    1, connection.createArrayOf("uuid", tally.runs().toArray(new UUID[0])));
            statement.executeUpdate();
        }
    }
}
