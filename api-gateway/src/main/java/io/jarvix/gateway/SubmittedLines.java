package io.jarvix.gateway;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.ParsedUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes a run's lines into the ledger as they are read, through COPY (a tenth of the cost of an
/// INSERT). Part of the caller's transaction; holds one buffer, whatever the number of lines.
final class SubmittedLines implements SeedReader.Sink {

    private static final int BUFFER = 64 * 1024;
    private static final String NULL = "\\N";

    private static final Logger LOG = Logger.getLogger(SubmittedLines.class);

    private final Connection connection;
    private final UUID run;
    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(BUFFER + 4096);

    SubmittedLines(Connection connection, UUID run) throws SQLException {
        this.connection = connection;
        this.run = run;
        this.copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "COPY ledger (run_id, ordinal, state, line, url, url_id, host, message) FROM STDIN");
    }

    @Override
    public void accept(int ordinal, String line) throws IOException, SQLException {
        switch (CanonicalUrl.parse(line)) {
            case CanonicalUrl url -> row(ordinal, LineState.PENDING, null, url, null);
            case ParsedUrl.Invalid invalid ->
                    row(ordinal, LineState.INVALID, line, null, invalid.reason());
        }
        if (buffer.length() >= BUFFER) {
            flush();
        }
    }

    /// Ends the copy, marks the duplicates, and writes the lanes and the counters of the run.
    void finish() throws SQLException {
        flush();
        copy.endCopy();
        joinByHash();
        execute(connection, run, MARK_DUPLICATES, 2);
        count(connection, run);
    }

    /// Writes the lanes and the counters of a new run whose lines are written.
    static void count(Connection connection, UUID run) throws SQLException {
        execute(connection, run, WRITE_LANES, 1);
        execute(connection, run, WRITE_COUNTERS, 2);
    }

    /// Ends a copy that is not to be finished. The failure that led here is the one that counts: a
    /// second one, of a connection that is gone, adds nothing.
    void abort() {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            LOG.debugf("A copy was not cancelled: runId=%s, error=%s", run, e.getMessage());
        }
    }

    /// The rows were just written, so the planner knows nothing of them and would nest its loops,
    /// in quadratic time.
    private static final String JOIN_BY_HASH = "SELECT set_config('enable_nestloop', 'off', true)";

    private static final String MARK_DUPLICATES =
            """
            WITH repeated AS MATERIALIZED (SELECT own, first FROM (
                SELECT ordinal AS own, first_value(ordinal) OVER (PARTITION BY url_id ORDER BY ordinal) AS first
                FROM ledger WHERE run_id = ? AND state = 'PENDING') AS url WHERE own <> first)
            UPDATE ledger SET state = 'DUPLICATE', duplicate_of = repeated.first
            FROM repeated WHERE ledger.run_id = ? AND ledger.ordinal = repeated.own""";

    private static final String WRITE_LANES =
            """
            INSERT INTO lane (run_id, host, pending, turn)
            SELECT run_id, host, count(*), min(ordinal) - 2147483648 FROM ledger
            WHERE run_id = ? AND state = 'PENDING' GROUP BY run_id, host""";

    private static final String WRITE_COUNTERS =
            """
            UPDATE run SET submitted = c.submitted, invalid = c.invalid, duplicate = c.duplicate, pending = c.pending
            FROM (SELECT count(*) AS submitted,
                    count(*) FILTER (WHERE state = 'INVALID') AS invalid,
                    count(*) FILTER (WHERE state = 'DUPLICATE') AS duplicate,
                    count(*) FILTER (WHERE state = 'PENDING') AS pending
                FROM ledger WHERE run_id = ?) AS c
            WHERE id = ?""";

    private void row(
            int ordinal,
            LineState state,
            @Nullable String line,
            @Nullable CanonicalUrl url,
            @Nullable String message) {
        buffer.append(run)
                .append('\t')
                .append(ordinal)
                .append('\t')
                .append(state.name())
                .append('\t');
        field(line).append('\t');
        field(url == null ? null : url.url()).append('\t');
        field(url == null ? null : url.urlId()).append('\t');
        field(url == null ? null : url.host()).append('\t');
        field(message).append('\n');
    }

    private StringBuilder field(@Nullable String value) {
        if (value == null) {
            return buffer.append(NULL);
        }
        String text = StorableText.of(value);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> buffer.append("\\\\");
                case '\t' -> buffer.append("\\t");
                case '\n' -> buffer.append("\\n");
                case '\r' -> buffer.append("\\r");
                default -> buffer.append(c);
            }
        }
        return buffer;
    }

    private void flush() throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }

    private void joinByHash() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(JOIN_BY_HASH)) {
            statement.executeQuery().close();
        }
    }

    private static void execute(Connection connection, UUID run, String sql, int parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= parameters; i++) {
                statement.setObject(i, run);
            }
            statement.executeUpdate();
        }
    }
}
