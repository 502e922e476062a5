package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A new run of what failed in an old one: the old ledger stays the proof that it is. Part of the
/// caller's transaction.
final class RunCopy {

    private RunCopy() {}

    /// @return the new run; empty where nothing failed or expired
    static Optional<UUID> retry(Connection connection, UUID old, Instant now) throws SQLException {
        UUID run = RunId.at(now);
        execute(
                connection,
                """
                INSERT INTO run (id, name, owner, state, fetch_options, language, submitted_at, deadline_at, retry_of)
                SELECT ?, name, owner, 'ACCEPTED', fetch_options, language, ?, ?::timestamptz + (deadline_at - submitted_at),
                    id FROM run WHERE id = ?""",
                run,
                Timestamp.from(now),
                Timestamp.from(now),
                old);
        int lines =
                execute(
                        connection,
                        """
                        INSERT INTO ledger (run_id, ordinal, state, url, url_id, host)
                        SELECT ?, row_number() OVER (ORDER BY ordinal), 'PENDING', url, url_id, host FROM ledger
                        WHERE run_id = ? AND state IN ('FAILED', 'EXPIRED')""",
                        run,
                        old);
        if (lines == 0) {
            execute(connection, "DELETE FROM run WHERE id = ?", run);
            return Optional.empty();
        }
        SubmittedLines.count(connection, run);
        return Optional.of(run);
    }

    private static int execute(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
