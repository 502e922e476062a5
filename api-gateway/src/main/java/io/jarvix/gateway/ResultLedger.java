package io.jarvix.gateway;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
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
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes results into the ledger, in batches. Idempotent by (run, ordinal): a line that is at its
// end stays as it
/// is, a result of an unknown line changes nothing.
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
        Tally tally = new Tally();
        Map<String, Integer> finished = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            setColumns(statement, connection, List.copyOf(first.values()));
            statement.setTimestamp(COLUMNS.size() + 1, Timestamp.from(now));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String host = rows.getString(2);
                    tally.move(
                            rows.getObject(1, UUID.class),
                            host,
                            LineState.valueOf(rows.getString(3)),
                            LineState.valueOf(rows.getString(4)));
                    finished.merge(host, 1, Integer::sum);
                }
            }
        }
        return new Applied(tally.write(connection, now), finished);
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
        WITH incoming AS MATERIALIZED (SELECT * FROM unnest(%s) AS incoming(%s)),
        line AS MATERIALIZED (SELECT ledger.run_id, ledger.ordinal, ledger.state
            FROM incoming JOIN ledger USING (run_id, ordinal)
            WHERE ledger.state IN ('PENDING', 'DISPATCHED')
            ORDER BY ledger.run_id, ledger.ordinal FOR UPDATE OF ledger)
        UPDATE ledger SET %s lease_expires_at = NULL, ended_at = ?
        FROM incoming JOIN line USING (run_id, ordinal)
        WHERE ledger.run_id = incoming.run_id AND ledger.ordinal = incoming.ordinal
        RETURNING ledger.run_id, ledger.host, line.state, ledger.state"""
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
            statement.setArray(i + 1, connection.createArrayOf(column.type(), values));
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
