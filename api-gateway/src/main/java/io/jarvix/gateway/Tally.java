package io.jarvix.gateway;

import io.jarvix.contracts.HostLimits;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a transaction changed in the ledger, on its way into the counters of runs and lanes in the
/// same transaction.
///
/// Lock order, for all who change the ledger: ledger rows by (run, ordinal) or with SKIP LOCKED,
/// then run rows by id, then lanes. Whoever holds a run's row is alone with its lanes.
final class Tally {

    private static final LineState[] STATES = LineState.values();

    private final Map<UUID, int[]> runs = new TreeMap<>();
    private final Map<Lane, int[]> lanes = new HashMap<>();
    private final Map<Lane, HostLimits> limits = new HashMap<>();

    private RunState end = RunState.COMPLETED;

    private record Lane(UUID run, String host) {}

    /// One line went from an open state to another state.
    void move(UUID run, String host, LineState from, LineState to) {
        int[] counts = runs.computeIfAbsent(run, key -> new int[STATES.length]);
        counts[from.ordinal()]--;
        counts[to.ordinal()]++;
        int[] lane = lanes.computeIfAbsent(new Lane(run, host), key -> new int[2]);
        add(lane, from, -1);
        add(lane, to, 1);
    }

    /// What a result told of its host; the last one counts.
    void told(UUID run, String host, HostLimits ofHost) {
        limits.put(new Lane(run, host), ofHost);
    }

    /// How a run ends that this closes, instead of `COMPLETED`.
    void endAs(RunState state) {
        end = state;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    Set<UUID> runs() {
        return Set.copyOf(runs.keySet());
    }

    /// Writes the counters. A run without an open line is `REPORTING` from then on.
    ///
    /// @return the runs that were closed by it
    Set<UUID> write(Connection connection, Instant now) throws SQLException {
        if (runs.isEmpty()) {
            return Set.of();
        }
        lockRuns(connection);
        writeRuns(connection, now);
        writeLanes(connection);
        return closeRuns(connection, now);
    }

    private static void add(int[] lane, LineState state, int delta) {
        if (state.open()) {
            lane[state == LineState.PENDING ? 0 : 1] += delta;
        }
    }

    private void lockRuns(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT id FROM run WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")) {
            statement.setArray(1, ids(connection));
            statement.executeQuery().close();
        }
    }

    private void writeRuns(Connection connection, Instant now) throws SQLException {
        String sums =
                Arrays.stream(STATES)
                        .map(state -> state.column() + " = " + state.column() + " + ?")
                        .collect(Collectors.joining(", "));
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE run SET " + sums + PACE + " WHERE id = ?")) {
            for (Map.Entry<UUID, int[]> run : runs.entrySet()) {
                int parameter = 0;
                for (int delta : run.getValue()) {
                    statement.setInt(++parameter, delta);
                }
                for (int i = 0; i < 6; i++) {
                    statement.setTimestamp(++parameter, Timestamp.from(now));
                }
                statement.setObject(++parameter, run.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// The run's pace in URLs per second, taken anew every two seconds; the right-hand sides see
    /// the row as it was.
    private static final String PACE =
            """
            , started_at = coalesce(started_at, ?::timestamptz), state = CASE WHEN state = 'ACCEPTED' THEN 'RUNNING' ELSE state END,
            pace = CASE WHEN ?::timestamptz >= pace_from + interval '2 seconds'
                THEN (scored + failed + blocked - pace_done) / extract(epoch FROM ?::timestamptz - pace_from) ELSE pace END,
            pace_done = CASE WHEN pace_from IS NULL OR ?::timestamptz >= pace_from + interval '2 seconds'
                THEN scored + failed + blocked ELSE pace_done END,
            pace_from = CASE WHEN pace_from IS NULL OR ?::timestamptz >= pace_from + interval '2 seconds'
                THEN ?::timestamptz ELSE pace_from END""";

    private void writeLanes(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LANES)) {
            List<Map.Entry<Lane, int[]>> all = List.copyOf(lanes.entrySet());
            setLanes(statement, "uuid", 1, all, lane -> lane.getKey().run());
            setLanes(statement, "text", 2, all, lane -> lane.getKey().host());
            setLanes(statement, "int4", 3, all, lane -> lane.getValue()[0]);
            setLanes(statement, "int4", 4, all, lane -> lane.getValue()[1]);
            setLimits(statement, "int8", 5, all, HostLimits::delayMillis);
            setLimits(statement, "text", 6, all, told -> name(told.delayRule()));
            setLimits(statement, "int4", 7, all, HostLimits::concurrency);
            setLimits(
                    statement,
                    "timestamptz",
                    8,
                    all,
                    told -> told.pause() == null ? null : told.pause().until().toString());
            setLimits(
                    statement,
                    "text",
                    9,
                    all,
                    told -> told.pause() == null ? null : told.pause().cause().name());
            statement.executeUpdate();
        }
    }

    /// A lane that was told nothing keeps what it was told before.
    private static final String LANES =
            """
            UPDATE lane SET pending = lane.pending + d.pending, dispatched = lane.dispatched + d.dispatched,
                turn = CASE WHEN d.dispatched > 0 THEN nextval('lane_turn') ELSE turn END,
                delay_millis = CASE WHEN d.concurrency IS NULL THEN lane.delay_millis ELSE d.delay_millis END,
                delay_rule = CASE WHEN d.concurrency IS NULL THEN lane.delay_rule ELSE d.delay_rule END,
                concurrency = coalesce(d.concurrency, lane.concurrency),
                paused_until = CASE WHEN d.concurrency IS NULL THEN lane.paused_until ELSE d.paused_until END,
                pause_cause = CASE WHEN d.concurrency IS NULL THEN lane.pause_cause ELSE d.pause_cause END
            FROM unnest(?::uuid[], ?::text[], ?::int[], ?::int[], ?::bigint[], ?::text[], ?::int[],
                    ?::timestamptz[], ?::text[])
                AS d(run_id, host, pending, dispatched, delay_millis, delay_rule, concurrency, paused_until, pause_cause)
            WHERE lane.run_id = d.run_id AND lane.host = d.host""";

    private static void setLanes(
            PreparedStatement statement,
            String type,
            int parameter,
            List<Map.Entry<Lane, int[]>> lanes,
            Function<Map.Entry<Lane, int[]>, @Nullable Object> value)
            throws SQLException {
        Object[] values = lanes.stream().map(value).toArray();
        statement.setArray(parameter, statement.getConnection().createArrayOf(type, values));
    }

    private void setLimits(
            PreparedStatement statement,
            String type,
            int parameter,
            List<Map.Entry<Lane, int[]>> all,
            Function<HostLimits, @Nullable Object> value)
            throws SQLException {
        setLanes(
                statement,
                type,
                parameter,
                all,
                lane -> {
                    HostLimits told = limits.get(lane.getKey());
                    return told == null ? null : value.apply(told);
                });
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private Set<UUID> closeRuns(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        UPDATE run SET state = 'REPORTING', end_state = ?, closed_at = ?
                        WHERE id = ANY (?) AND state IN ('ACCEPTED', 'RUNNING') AND pending + dispatched = 0
                        RETURNING id""")) {
            statement.setString(1, end.name());
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setArray(3, ids(connection));
            Set<UUID> closed = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    closed.add(rows.getObject(1, UUID.class));
                }
            }
            return closed;
        }
    }

    private Array ids(Connection connection) throws SQLException {
        return connection.createArrayOf("uuid", runs.keySet().toArray(new UUID[0]));
    }
}
