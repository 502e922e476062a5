package io.jarvix.gateway;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.RunEnd;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The figures of a report, from all results of a run, counted by the database: memory does not
/// depend on the size of the run. Part of the caller's transaction; a run that goes on is read at
/// isolation REPEATABLE READ.
final class ReportFigures {

    private final GatewayConfig.Reports limits;
    private final Map<String, String> versions;

    /// @param versions of the software that worked on the run
    ReportFigures(GatewayConfig.Reports limits, Map<String, String> versions) {
        this.limits = limits;
        this.versions = versions;
    }

    /// Reads one row.
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// @param language the report's own, absent: as the run asked
    ReportRequest of(
            Connection connection,
            UUID run,
            UUID requestId,
            RunEnd end,
            @Nullable String language,
            Instant asOf)
            throws SQLException {
        Figures figures = new Figures(connection, run);
        Head head = figures.head();
        return new ReportRequest(
                run,
                requestId,
                head.name(),
                language == null ? head.language() : language,
                end,
                head.submittedAt(),
                asOf,
                head.coverage(),
                figures.kinds(LineState.FAILED),
                figures.kinds(LineState.BLOCKED),
                figures.actions(),
                figures.statistics(),
                figures.histogram(),
                figures.top(limits.top()),
                figures.hosts(limits.hosts()),
                figures.count("SELECT count(DISTINCT host) FROM ledger WHERE run_id = ?"),
                head.coverage().open() > 0 ? null : SeriesTrend.of(connection, run),
                figures.appendix(limits.appendix()),
                head.coverage().scored(),
                figures.rules(),
                versions);
    }

    private record Head(
            String name, String language, Instant submittedAt, ReportRequest.Coverage coverage) {}

    private record Figures(Connection connection, UUID run) {

        Head head() throws SQLException {
            return list(
                            """
                            SELECT name, language, submitted_at, submitted, invalid, duplicate, scored, failed, blocked,
                                expired, cancelled, pending + dispatched FROM run WHERE id = ?""",
                            row ->
                                    new Head(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getObject(3, OffsetDateTime.class).toInstant(),
                                            new ReportRequest.Coverage(
                                                    row.getInt(4),
                                                    row.getInt(5),
                                                    row.getInt(6),
                                                    row.getInt(7),
                                                    row.getInt(8),
                                                    row.getInt(9),
                                                    row.getInt(10),
                                                    row.getInt(11),
                                                    row.getInt(12))))
                    .getFirst();
        }

        List<ReportRequest.Count> kinds(LineState state) throws SQLException {
            return counts(
                    """
                    SELECT kind, count(*) FROM ledger WHERE run_id = ? AND state = '%s'
                    GROUP BY kind ORDER BY count(*) DESC, kind"""
                            .formatted(state.name()));
        }

        List<ReportRequest.Count> actions() throws SQLException {
            List<ReportRequest.Count> found =
                    counts(
                            "SELECT action, count(*) FROM ledger WHERE run_id = ? AND state = 'SCORED' GROUP BY action");
            return Arrays.stream(Action.values())
                    .map(
                            action ->
                                    found.stream()
                                            .filter(count -> count.name().equals(action.name()))
                                            .findFirst()
                                            .orElse(new ReportRequest.Count(action.name(), 0)))
                    .toList();
        }

        List<ReportRequest.Count> rules() throws SQLException {
            return counts(
                    """
                    SELECT rules_version, count(*) FROM ledger WHERE run_id = ? AND state = 'SCORED'
                    GROUP BY rules_version ORDER BY count(*) DESC, rules_version""");
        }

        ReportRequest.@Nullable Statistics statistics() throws SQLException {
            List<ReportRequest.Statistics> found =
                    list(
                            """
                            SELECT avg(value), percentile_cont(0.5) WITHIN GROUP (ORDER BY value), min(value), max(value),
                                coalesce(sum(body_length), 0),
                                coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY duration_millis), 0)
                            FROM ledger WHERE run_id = ? AND state = 'SCORED' HAVING count(*) > 0""",
                            row ->
                                    new ReportRequest.Statistics(
                                            row.getDouble(1),
                                            row.getDouble(2),
                                            row.getDouble(3),
                                            row.getDouble(4),
                                            row.getLong(5),
                                            row.getLong(6)));
            return found.isEmpty() ? null : found.getFirst();
        }

        List<Integer> histogram() throws SQLException {
            Integer[] bins = new Integer[ReportRequest.HISTOGRAM_BINS];
            Arrays.fill(bins, 0);
            list(
                    """
                    SELECT least(floor(value / 10), 9)::int AS bin, count(*) FROM ledger
                    WHERE run_id = ? AND state = 'SCORED' GROUP BY bin""",
                    row -> bins[row.getInt(1)] = row.getInt(2));
            return List.of(bins);
        }

        List<ReportRequest.RankedPage> top(int limit) throws SQLException {
            List<ReportRequest.RankedPage> ranked = new ArrayList<>();
            for (PageScore page :
                    list(
                            """
                            SELECT document, document_length FROM ledger WHERE run_id = ? AND state = 'SCORED'
                            ORDER BY value DESC, ordinal LIMIT %d"""
                                    .formatted(limit),
                            row -> Document.open(row.getBytes(1), row.getInt(2)))) {
                if (page.result() instanceof PageResult.Scored scored) {
                    ranked.add(
                            new ReportRequest.RankedPage(
                                    ranked.size() + 1,
                                    page.ordinal(),
                                    page.url(),
                                    scored.signals().title(),
                                    scored.signals().language(),
                                    scored.signals().platforms(),
                                    scored.score()));
                }
            }
            return ranked;
        }

        List<ReportRequest.HostRow> hosts(int limit) throws SQLException {
            return list(
                    """
                    SELECT host, count(*), count(*) FILTER (WHERE state = 'SCORED'),
                        count(*) FILTER (WHERE state = 'FAILED'), count(*) FILTER (WHERE state = 'BLOCKED'), avg(value)
                    FROM ledger WHERE run_id = ? AND host IS NOT NULL AND state <> 'DUPLICATE'
                    GROUP BY host ORDER BY count(*) DESC, host LIMIT %d"""
                            .formatted(limit),
                    row ->
                            new ReportRequest.HostRow(
                                    row.getString(1),
                                    row.getInt(2),
                                    row.getInt(3),
                                    row.getInt(4),
                                    row.getInt(5),
                                    row.getObject(6, Double.class)));
        }

        List<ReportRequest.ScoredUrl> appendix(int limit) throws SQLException {
            return list(
                    """
                    SELECT ordinal, url, title, value, action FROM ledger WHERE run_id = ? AND state = 'SCORED'
                    ORDER BY value DESC, ordinal LIMIT %d"""
                            .formatted(limit),
                    row ->
                            new ReportRequest.ScoredUrl(
                                    row.getInt(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getDouble(4),
                                    Action.valueOf(row.getString(5))));
        }

        int count(String sql) throws SQLException {
            return list(sql, row -> row.getInt(1)).getFirst();
        }

        private List<ReportRequest.Count> counts(String sql) throws SQLException {
            return list(sql, row -> new ReportRequest.Count(row.getString(1), row.getInt(2)));
        }

        private <T> List<T> list(String sql, RowReader<T> reader) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setObject(1, run);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> list = new ArrayList<>();
                    while (rows.next()) {
                        list.add(reader.read(rows));
                    }
                    return list;
                }
            }
        }
    }
}
