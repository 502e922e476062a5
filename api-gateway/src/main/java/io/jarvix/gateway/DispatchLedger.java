package io.jarvix.gateway;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The ledger as the dispatcher sees it. Each method is part of the caller's transaction.
final class DispatchLedger {

    /// Any number, the same for all gateways: who holds this lock is the one who decides.
    private static final long DECISION_LOCK = 0x4A41525649584449L;

    /// A run whose lines are not all at their end.
    record OpenRun(UUID id, int pending, int dispatched, String fetchOptions) {}

    /// A line that goes out under a new lease.
    record Leased(UUID run, int ordinal, String url, String urlId, String host, int lease) {}

    /// One gateway decides at a time; the others wait for its commit, some milliseconds.
    void lockDecision(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            statement.setLong(1, DECISION_LOCK);
            statement.executeQuery().close();
        }
    }

    List<OpenRun> openRuns(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT id, pending, dispatched, fetch_options FROM run
                                WHERE state IN ('ACCEPTED', 'RUNNING') ORDER BY id""");
                ResultSet rows = statement.executeQuery()) {
            List<OpenRun> runs = new ArrayList<>();
            while (rows.next()) {
                runs.add(
                        new OpenRun(
                                rows.getObject(1, UUID.class),
                                rows.getInt(2),
                                rows.getInt(3),
                                rows.getString(4)));
            }
            return runs;
        }
    }

    /// How many URLs are with the collectors, for each host that has any.
    Map<String, Integer> busyHosts(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT host, sum(dispatched) FROM lane WHERE dispatched > 0 GROUP BY host");
                ResultSet rows = statement.executeQuery()) {
            Map<String, Integer> busy = new HashMap<>();
            while (rows.next()) {
                busy.put(rows.getString(1), rows.getInt(2));
            }
            return busy;
        }
    }

    /// Each run's lanes with pending lines, the one that was served longest ago first, at most
    /// `limit` of each run.
    List<Frontier.WaitingRun> waiting(Connection connection, List<OpenRun> runs, int limit)
            throws SQLException {
        Map<UUID, List<Frontier.Lane>> lanes = new LinkedHashMap<>();
        UUID[] ids =
                runs.stream()
                        .filter(run -> run.pending() > 0)
                        .map(OpenRun::id)
                        .toArray(UUID[]::new);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT l.run_id, l.host, l.pending FROM unnest(?::uuid[]) AS open(id)
                        CROSS JOIN LATERAL (SELECT run_id, host, pending, turn FROM lane
                            WHERE run_id = open.id AND pending > 0 ORDER BY turn, host LIMIT ?) AS l
                        ORDER BY l.run_id, l.turn, l.host""")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids));
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lanes.computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new Frontier.Lane(rows.getString(2), rows.getInt(3)));
                }
            }
        }
        return runs.stream()
                .filter(run -> lanes.containsKey(run.id()))
                .map(
                        run ->
                                new Frontier.WaitingRun(
                                        run.id(),
                                        run.dispatched(),
                                        lanes.getOrDefault(run.id(), List.of())))
                .toList();
    }

    /// Takes the slices' lines under a lease, first lines first. A line that another transaction
    /// holds is passed over.
    List<Leased> lease(Connection connection, List<Frontier.Slice> slices, Instant expiresAt)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        WITH picked AS (
                            SELECT l.run_id, l.ordinal
                            FROM unnest(?::uuid[], ?::text[], ?::int[]) AS want(run_id, host, count)
                            JOIN lane USING (run_id, host)
                            CROSS JOIN LATERAL (SELECT ledger.run_id, ledger.ordinal FROM ledger
                                WHERE ledger.run_id = want.run_id AND ledger.host = want.host
                                    AND ledger.state = 'PENDING' AND ledger.ordinal >= lane.next_ordinal
                                ORDER BY ledger.ordinal LIMIT want.count FOR UPDATE SKIP LOCKED) AS l)
                        UPDATE ledger SET state = 'DISPATCHED', lease = lease + 1, lease_expires_at = ?
                        FROM picked WHERE ledger.run_id = picked.run_id AND ledger.ordinal = picked.ordinal
                        RETURNING ledger.run_id, ledger.ordinal, url, url_id, host, lease""")) {
            setSlices(statement, connection, slices);
            statement.setTimestamp(4, Timestamp.from(expiresAt));
            List<Leased> leased = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    leased.add(
                            new Leased(
                                    rows.getObject(1, UUID.class),
                                    rows.getInt(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getInt(6)));
                }
            }
            return leased;
        }
    }

    /// Remembers where each lane's next pending line is, so that no one reads over those that are
    /// done. Where fewer lines were found than are pending, the next look begins at the start.
    void moveOn(Connection connection, List<Frontier.Slice> slices, List<Leased> leased)
            throws SQLException {
        List<Frontier.Slice> next = new ArrayList<>();
        for (Frontier.Slice slice : slices) {
            int found = 0;
            int last = 0;
            for (Leased line : leased) {
                if (line.run().equals(slice.run()) && line.host().equals(slice.host())) {
                    found++;
                    last = Math.max(last, line.ordinal());
                }
            }
            next.add(
                    new Frontier.Slice(
                            slice.run(), slice.host(), found < slice.count() ? 0 : last + 1));
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        UPDATE lane SET next_ordinal = d.next
                        FROM unnest(?::uuid[], ?::text[], ?::int[]) AS d(run_id, host, next)
                        WHERE lane.run_id = d.run_id AND lane.host = d.host AND lane.next_ordinal <> d.next""")) {
            setSlices(statement, connection, next);
            statement.executeUpdate();
        }
    }

    private static void setSlices(
            PreparedStatement statement, Connection connection, List<Frontier.Slice> slices)
            throws SQLException {
        Array runs =
                connection.createArrayOf(
                        "uuid", slices.stream().map(Frontier.Slice::run).toArray(UUID[]::new));
        statement.setArray(1, runs);
        statement.setArray(
                2,
                connection.createArrayOf(
                        "text", slices.stream().map(Frontier.Slice::host).toArray(String[]::new)));
        statement.setArray(
                3,
                connection.createArrayOf(
                        "int4",
                        slices.stream().map(Frontier.Slice::count).toArray(Integer[]::new)));
    }
}
