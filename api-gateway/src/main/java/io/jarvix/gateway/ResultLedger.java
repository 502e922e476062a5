package io.jarvix.gateway;

import static java.util.Objects.requireNonNull;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Wire;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes results into the ledger, in batches. Idempotent by (run, ordinal): a line that is at its
/// end stays as it is, a result of an unknown line changes nothing.
final class ResultLedger {

    /// What a batch did.
    ///
    /// @param closed runs whose last line came to its end
    /// @param finished lines that came to their end, per host
    record Applied(Set<UUID> closed, Map<String, Integer> finished) {}

    private record Line(UUID run, int ordinal) {}

    /// Part of the caller's transaction.
    Applied apply(Connection connection, Collection<PageScore> results, Instant now)
            throws SQLException {
        Map<Line, PageScore> first = new LinkedHashMap<>();
        for (PageScore result : results) {
            first.putIfAbsent(new Line(result.runId(), result.ordinal()), result);
        }
        List<Open> open = lockOpen(connection, first.keySet());
        if (open.isEmpty()) {
            return new Applied(Set.of(), Map.of());
        }
        update(
                connection,
                open.stream().map(line -> requireNonNull(first.get(line.line()))).toList(),
                now);
        Tally tally = new Tally();
        Map<String, Integer> finished = new LinkedHashMap<>();
        for (Open line : open) {
            PageScore page = requireNonNull(first.get(line.line()));
            tally.move(line.line().run(), line.host(), line.state(), stateOf(page.result()));
            HostLimits told = page.fetch().host();
            if (told != null) {
                tally.told(line.line().run(), line.host(), told);
            }
            finished.merge(line.host(), 1, Integer::sum);
        }
        return new Applied(tally.write(connection, now), finished);
    }

    private record Open(Line line, String host, LineState state) {}

    /// Those of the lines that are open, locked, run by run in the order of the ids.
    ///
    /// It is a statement of its own on the one table: an UPDATE that waited for the lock itself
    /// would still see the rows of before, and a join that waited keeps the first such row only
    /// (EvalPlanQual). Either would pass over lines whose dispatch was committed meanwhile.
    private static List<Open> lockOpen(Connection connection, Set<Line> lines) throws SQLException {
        Map<UUID, List<Integer>> byRun = new TreeMap<>();
        lines.forEach(
                line ->
                        byRun.computeIfAbsent(line.run(), run -> new ArrayList<>())
                                .add(line.ordinal()));
        List<Open> open = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT ordinal, host, state FROM ledger
                        WHERE run_id = ? AND ordinal = ANY (?) AND state IN ('PENDING', 'DISPATCHED')
                        ORDER BY ordinal FOR NO KEY UPDATE""")) {
            for (Map.Entry<UUID, List<Integer>> run : byRun.entrySet()) {
                statement.setObject(1, run.getKey());
                statement.setArray(2, connection.createArrayOf("int4", run.getValue().toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        open.add(
                                new Open(
                                        new Line(run.getKey(), rows.getInt(1)),
                                        rows.getString(2),
                                        LineState.valueOf(rows.getString(3))));
                    }
                }
            }
        }
        return open;
    }

    private static void update(Connection connection, List<PageScore> pages, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            statement.setTimestamp(1, Timestamp.from(now));
            setColumns(statement, connection, pages);
            statement.executeUpdate();
        }
    }

    static LineState stateOf(PageResult result) {
        return switch (result) {
            case PageResult.Scored _ -> LineState.SCORED;
            case Failed _ -> LineState.FAILED;
            case Blocked _ -> LineState.BLOCKED;
        };
    }

    private record Row(PageScore page, byte[] document, int documentLength) {}

    private record Column(String name, String type, Function<Row, @Nullable Object> value) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("run_id", "uuid", row -> row.page().runId()),
                    new Column("ordinal", "int4", row -> row.page().ordinal()),
                    new Column("state", "text", row -> stateOf(row.page().result()).name()),
                    new Column("kind", "text", row -> kind(row.page().result())),
                    new Column("message", "text", row -> message(row.page().result())),
                    new Column("status", "int4", row -> row.page().fetch().status()),
                    new Column(
                            "duration_millis", "int8", row -> row.page().fetch().durationMillis()),
                    new Column("body_length", "int4", row -> row.page().fetch().bodyLength()),
                    new Column(
                            "title",
                            "text",
                            row -> scored(row, page -> StorableText.of(page.signals().title()))),
                    new Column(
                            "language",
                            "text",
                            row -> scored(row, page -> StorableText.of(page.signals().language()))),
                    new Column("value", "float8", row -> scored(row, page -> page.score().value())),
                    new Column(
                            "action",
                            "text",
                            row -> scored(row, page -> page.score().action().name())),
                    new Column(
                            "rules_version",
                            "text",
                            row ->
                                    scored(
                                            row,
                                            page -> StorableText.of(page.score().rulesVersion()))),
                    new Column("document", "bytea", Row::document),
                    new Column("document_length", "int4", Row::documentLength));

    private static final String UPDATE = update();

    private static String update() {
        StringBuilder arrays = new StringBuilder();
        StringBuilder names = new StringBuilder();
        StringBuilder sets = new StringBuilder();
        for (Column column : COLUMNS) {
            String comma = names.isEmpty() ? "" : ", ";
            arrays.append(comma).append("?::").append(column.type()).append("[]");
            names.append(comma).append(column.name());
            if (!column.name().equals("run_id") && !column.name().equals("ordinal")) {
                sets.append(column.name())
                        .append(" = incoming.")
                        .append(column.name())
                        .append(", ");
            }
        }
        return """
        UPDATE ledger SET %3$s lease_expires_at = NULL, ended_at = ?
        FROM unnest(%1$s) AS incoming(%2$s)
        WHERE ledger.run_id = incoming.run_id AND ledger.ordinal = incoming.ordinal"""
                .formatted(arrays, names, sets);
    }

    private static void setColumns(
            PreparedStatement statement, Connection connection, List<PageScore> pages)
            throws SQLException {
        List<Row> rows = new ArrayList<>(pages.size());
        for (PageScore page : pages) {
            byte[] json = Wire.write(page);
            rows.add(new Row(page, Document.compress(json), json.length));
        }
        for (int i = 0; i < COLUMNS.size(); i++) {
            Column column = COLUMNS.get(i);
            Object[] values =
                    column.type().equals("bytea")
                            ? rows.stream().map(Row::document).toArray(byte[][]::new)
                            : rows.stream().map(column.value()).toArray();
            statement.setArray(i + 2, connection.createArrayOf(column.type(), values));
        }
    }

    private static @Nullable Object scored(Row row, Function<PageResult.Scored, Object> value) {
        return row.page().result() instanceof PageResult.Scored page ? value.apply(page) : null;
    }

    private static @Nullable String kind(PageResult result) {
        return switch (result) {
            case PageResult.Scored _ -> null;
            case Failed failed -> failed.kind().name();
            case Blocked blocked -> blocked.rule().name();
        };
    }

    private static @Nullable String message(PageResult result) {
        return switch (result) {
            case PageResult.Scored _ -> null;
            case Failed failed -> StorableText.of(failed.message());
            case Blocked blocked -> StorableText.of(blocked.detail());
        };
    }
}
