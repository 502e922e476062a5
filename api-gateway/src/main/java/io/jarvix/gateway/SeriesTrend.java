package io.jarvix.gateway;

import io.jarvix.contracts.ReportRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a report says of the run before in the series. Part of the caller's transaction.
final class SeriesTrend {

    private static final int LISTED_CHANGES = 10;

    private SeriesTrend() {}

    /// @param run a run without open lines
    /// @return absent for the first run of a series
    static ReportRequest.@Nullable Trend of(Connection connection, UUID run) throws SQLException {
        Optional<UUID> previous = RunComparison.previousOf(connection, run);
        if (previous.isEmpty()) {
            return null;
        }
        UUID against = previous.get();
        RunComparison comparison = new RunComparison(connection, run, against);
        Map<RunComparison.Change, Integer> counts = comparison.counts();
        List<ReportRequest.Change> changes = new ArrayList<>();
        for (RunComparison.Item item : comparison.items(List.of(), null, LISTED_CHANGES)) {
            if (item.size() > 0) {
                changes.add(change(connection, run, against, item));
            }
        }
        Before before = before(connection, against);
        return new ReportRequest.Trend(
                against,
                before.submittedAt().toInstant(),
                counts.getOrDefault(RunComparison.Change.NEW, 0),
                counts.getOrDefault(RunComparison.Change.GONE, 0),
                counts.getOrDefault(RunComparison.Change.IMPROVED, 0),
                counts.getOrDefault(RunComparison.Change.DECLINED, 0),
                counts.getOrDefault(RunComparison.Change.STABLE, 0),
                before.mean(),
                changes);
    }

    private record Before(OffsetDateTime submittedAt, double mean) {}

    private static Before before(Connection connection, UUID against) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT submitted_at, (SELECT coalesce(avg(value), 0) FROM ledger
                            WHERE run_id = run.id AND state = 'SCORED') FROM run WHERE id = ?""")) {
            statement.setObject(1, against);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Before(row.getObject(1, OffsetDateTime.class), row.getDouble(2));
            }
        }
    }

    private record Scored(String url, double value) {}

    private static ReportRequest.Change change(
            Connection connection, UUID run, UUID against, RunComparison.Item item)
            throws SQLException {
        Scored before = scored(connection, against, item.before());
        Scored now = scored(connection, run, item.now());
        return new ReportRequest.Change(
                Objects.requireNonNull(now == null ? before : now).url(),
                before == null ? null : before.value(),
                now == null ? null : now.value());
    }

    private static @Nullable Scored scored(
            Connection connection, UUID run, @Nullable Integer ordinal) throws SQLException {
        if (ordinal == null) {
            return null;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT url, value FROM ledger WHERE run_id = ? AND ordinal = ?")) {
            statement.setObject(1, run);
            statement.setInt(2, ordinal);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Scored(row.getString(1), row.getDouble(2));
            }
        }
    }
}
