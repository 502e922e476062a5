package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Score;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the ledger for the API, a page at a time.
@Singleton
final class LedgerReader {

    private final AgroalDataSource source;

    LedgerReader(AgroalDataSource source) {
        this.source = source;
    }

    /// A line as it was submitted, and where it stands.
    ///
    /// @param line the text, where it is not a URL
    /// @param kind the failure kind or the block rule
    /// @param message why, for a person
    record Line(
            int ordinal,
            LineState state,
            @Nullable String url,
            @Nullable String urlId,
            @Nullable String line,
            @Nullable Integer duplicateOf,
            @Nullable String kind,
            @Nullable String message,
            int lease) {}

    /// What a reader of scores wants to see.
    record ScoreFilter(
            @Nullable Action action,
            @Nullable String host,
            @Nullable String language,
            double min) {}

    /// The lines in their order.
    List<Line> lines(UUID run, @Nullable LineState state, int afterOrdinal, int limit)
            throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT ordinal, state, url, url_id, line, duplicate_of, kind, message, lease FROM ledger
                                WHERE run_id = ? AND ordinal > ? AND (?::text IS NULL OR state = ?)
                                ORDER BY ordinal LIMIT ?""")) {
            String name = state == null ? null : state.name();
            statement.setObject(1, run);
            statement.setInt(2, afterOrdinal);
            statement.setString(3, name);
            statement.setString(4, name);
            statement.setInt(5, limit);
            return lines(statement);
        }
    }

    private static List<Line> lines(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<Line> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(
                        new Line(
                                rows.getInt(1),
                                LineState.valueOf(rows.getString(2)),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getObject(6, Integer.class),
                                rows.getString(7),
                                rows.getString(8),
                                rows.getInt(9)));
            }
            return lines;
        }
    }

    /// The lines that ended without a score, of these URLs, by `urlId`.
    Map<String, Line> unscored(UUID run, List<String> urlIds) throws SQLException {
        if (urlIds.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT ordinal, state, url, url_id, line, duplicate_of, kind, message, lease FROM ledger
                                WHERE run_id = ? AND url_id = ANY (?)
                                    AND state IN ('FAILED', 'BLOCKED', 'EXPIRED', 'CANCELLED')""")) {
            statement.setObject(1, run);
            statement.setArray(2, connection.createArrayOf("text", urlIds.toArray()));
            return lines(statement).stream()
                    .collect(Collectors.toMap(line -> String.valueOf(line.urlId()), line -> line));
        }
    }

    /// A line with its score.
    record ScoredLine(int ordinal, String url, Score score) {}

    /// The scores of these lines, by ordinal.
    Map<Integer, ScoredLine> scored(UUID run, List<Integer> ordinals) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT document, document_length FROM ledger
                                WHERE run_id = ? AND ordinal = ANY (?) AND state = 'SCORED'""")) {
            statement.setObject(1, run);
            statement.setArray(2, connection.createArrayOf("int4", ordinals.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                Map<Integer, ScoredLine> lines = new HashMap<>();
                while (rows.next()) {
                    PageScore page = Document.open(rows.getBytes(1), rows.getInt(2));
                    if (page.result() instanceof PageResult.Scored scored) {
                        lines.put(
                                page.ordinal(),
                                new ScoredLine(page.ordinal(), page.url(), scored.score()));
                    }
                }
                return lines;
            }
        }
    }

    /// Scored pages, best first, after the cursor (value, ordinal).
    List<PageScore> scores(UUID run, ScoreFilter filter, @Nullable Cursor after, int limit)
            throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT document, document_length FROM ledger
                                WHERE run_id = ? AND state = 'SCORED' AND value >= ?
                                    AND value <= ? AND (value < ? OR ordinal > ?)
                                    AND (?::text IS NULL OR action = ?) AND (?::text IS NULL OR host = ?)
                                    AND (?::text IS NULL OR language = ?)
                                ORDER BY value DESC, ordinal LIMIT ?""")) {
            double value = after == null ? Double.MAX_VALUE : after.number(0);
            String action = filter.action() == null ? null : filter.action().name();
            statement.setObject(1, run);
            statement.setDouble(2, filter.min());
            statement.setDouble(3, value);
            statement.setDouble(4, value);
            statement.setInt(5, after == null ? 0 : (int) after.number(1));
            statement.setString(6, action);
            statement.setString(7, action);
            statement.setString(8, filter.host());
            statement.setString(9, filter.host());
            statement.setString(10, filter.language());
            statement.setString(11, filter.language());
            statement.setInt(12, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<PageScore> scores = new ArrayList<>();
                while (rows.next()) {
                    scores.add(Document.open(rows.getBytes(1), rows.getInt(2)));
                }
                return scores;
            }
        }
    }

    /// A line's result in full; absent where there is none.
    @Nullable PageScore result(UUID run, int ordinal) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT document, document_length FROM ledger
                                WHERE run_id = ? AND ordinal = ? AND document IS NOT NULL""")) {
            statement.setObject(1, run);
            statement.setInt(2, ordinal);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Document.open(rows.getBytes(1), rows.getInt(2)) : null;
            }
        }
    }

    /// The hosts that a run waits for, the longest wait first: by the delay between two requests
    /// where the host has one, by the number of URLs elsewhere.
    List<HostWait> waiting(UUID run, int limit) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                """
                                SELECT host, pending, dispatched, delay_millis, delay_rule, concurrency, paused_until, pause_cause
                                FROM lane WHERE run_id = ? AND pending + dispatched > 0
                                ORDER BY (pending + dispatched) * coalesce(delay_millis, 0) DESC, pending + dispatched DESC, host
                                LIMIT ?""")) {
            statement.setObject(1, run);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<HostWait> waiting = new ArrayList<>();
                while (rows.next()) {
                    waiting.add(
                            new HostWait(
                                    rows.getString(1), rows.getInt(2), rows.getInt(3), told(rows)));
                }
                return waiting;
            }
        }
    }

    private static @Nullable HostLimits told(ResultSet row) throws SQLException {
        Integer concurrency = row.getObject(6, Integer.class);
        if (concurrency == null) {
            return null;
        }
        String rule = row.getString(5);
        OffsetDateTime until = row.getObject(7, OffsetDateTime.class);
        return new HostLimits(
                row.getLong(4),
                rule == null ? null : HostLimits.DelayRule.valueOf(rule),
                concurrency,
                until == null
                        ? null
                        : new HostLimits.Pause(
                                until.toInstant(),
                                HostLimits.PauseCause.valueOf(row.getString(8))));
    }
}
