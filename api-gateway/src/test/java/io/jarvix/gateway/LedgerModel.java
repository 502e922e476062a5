package io.jarvix.gateway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ledger's rules for one run, in memory: what the database must do, told in another way. Lines
/// are PENDING at first but for those that are given another state.
final class LedgerModel {

    /// @param leases how often it was dispatched
    private record Line(LineState state, int leases, @Nullable Instant leaseEnd) {}

    private final int renewals;
    private final Map<Integer, Line> lines = new TreeMap<>();
    private LineState ending = LineState.SCORED;

    LedgerModel(Map<Integer, LineState> submitted, int renewals) {
        this.renewals = renewals;
        submitted.forEach((ordinal, state) -> lines.put(ordinal, new Line(state, 0, null)));
    }

    List<Integer> in(LineState state) {
        List<Integer> found = new ArrayList<>();
        lines.forEach(
                (ordinal, line) -> {
                    if (line.state() == state) {
                        found.add(ordinal);
                    }
                });
        return found;
    }

    int leases(int ordinal) {
        return line(ordinal).leases();
    }

    /// The line goes out under its next lease. Only a PENDING line may.
    void dispatched(int ordinal, Instant leaseEnd) {
        Line line = line(ordinal);
        if (line.state() != LineState.PENDING) {
            throw new AssertionError("dispatched from " + line.state() + ": line " + ordinal);
        }
        lines.put(ordinal, new Line(LineState.DISPATCHED, line.leases() + 1, leaseEnd));
    }

    /// The first result counts, whatever the lease it was fetched under; a line at its end stays.
    void result(int ordinal, LineState end) {
        Line line = line(ordinal);
        if (line.state().open()) {
            lines.put(ordinal, new Line(end, line.leases(), null));
        }
    }

    void expireLeases(Instant now) {
        lines.replaceAll(
                (ordinal, line) ->
                        line.leaseEnd() == null || line.leaseEnd().isAfter(now)
                                ? line
                                : new Line(
                                        line.leases() > renewals
                                                ? LineState.EXPIRED
                                                : LineState.PENDING,
                                        line.leases(),
                                        null));
    }

    void end(LineState end) {
        if (open() > 0) {
            ending = end;
        }
        lines.replaceAll(
                (ordinal, line) -> line.state().open() ? new Line(end, line.leases(), null) : line);
    }

    int open() {
        return in(LineState.PENDING).size() + in(LineState.DISPATCHED).size();
    }

    Map<Integer, LineState> states() {
        Map<Integer, LineState> states = new TreeMap<>();
        lines.forEach((ordinal, line) -> states.put(ordinal, line.state()));
        return states;
    }

    Map<LineState, Integer> counts() {
        Map<LineState, Integer> counts = new EnumMap<>(LineState.class);
        for (LineState state : LineState.values()) {
            counts.put(state, in(state).size());
        }
        return counts;
    }

    /// How the run ends, as the column `end_state` says it: `null` while it goes on.
    String endState() {
        if (open() > 0) {
            return "null";
        }
        return ending == LineState.SCORED ? "COMPLETED" : ending.name();
    }

    private Line line(int ordinal) {
        Line line = lines.get(ordinal);
        if (line == null) {
            throw new AssertionError("no line " + ordinal);
        }
        return line;
    }
}
