package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/// Counts a run's lines anew, from the rows themselves.
final class LedgerProof {

    private LedgerProof() {}

    /// How many lines of the run are in each state.
    static Map<LineState, Integer> count(Connection connection, UUID run) throws SQLException {
        Map<LineState, Integer> counts = new EnumMap<>(LineState.class);
        for (LineState state : LineState.values()) {
            counts.put(state, 0);
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT state, count(*) FROM ledger WHERE run_id = ? GROUP BY state")) {
            statement.setObject(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(LineState.valueOf(rows.getString(1)), rows.getInt(2));
                }
            }
        }
        return counts;
    }

    static int sum(Map<LineState, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
