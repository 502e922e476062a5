package io.jarvix.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// All scores of a run as one stream, best first: read through a server-side cursor, so a row is
// held at a time,
/// whatever their number.
@Singleton
final class ScoreExport {

    private static final int FETCH = 500;
    private static final List<String> HEAD =
            List.of(
                    "ordinal",
                    "url",
                    "urlId",
                    "finalUrl",
                    "status",
                    "title",
                    "language",
                    "score",
                    "action",
                    "confidence",
                    "reason",
                    "nextStep",
                    "rulesVersion",
                    "textLength",
                    "platforms",
                    "truncated");

    private final AgroalDataSource source;
    private final ObjectMapper json = JsonMapper.builder().build();

    ScoreExport(AgroalDataSource source) {
        this.source = source;
    }

    /// Takes one row.
    private interface RowWriter {
        byte[] write(Views.ScoreRow row) throws IOException;
    }

    void csv(UUID run, LedgerReader.ScoreFilter filter, OutputStream out) throws IOException {
        out.write(CsvRow.of(HEAD).getBytes(StandardCharsets.UTF_8));
        write(run, filter, out, row -> csvRow(row).getBytes(StandardCharsets.UTF_8));
    }

    void ndjson(UUID run, LedgerReader.ScoreFilter filter, OutputStream out) throws IOException {
        write(run, filter, out, this::jsonLine);
    }

    private void write(
            UUID run, LedgerReader.ScoreFilter filter, OutputStream out, RowWriter writer)
            throws IOException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            """
                            SELECT document, document_length FROM ledger
                            WHERE run_id = ? AND state = 'SCORED' AND value >= ?
                                AND (?::text IS NULL OR action = ?) AND (?::text IS NULL OR host = ?)
                                AND (?::text IS NULL OR language = ?)
                            ORDER BY value DESC, ordinal""")) {
                String action = filter.action() == null ? null : filter.action().name();
                statement.setFetchSize(FETCH);
                statement.setObject(1, run);
                statement.setDouble(2, filter.min());
                statement.setString(3, action);
                statement.setString(4, action);
                statement.setString(5, filter.host());
                statement.setString(6, filter.host());
                statement.setString(7, filter.language());
                statement.setString(8, filter.language());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        out.write(
                                writer.write(
                                        Views.ScoreRow.of(
                                                Document.open(rows.getBytes(1), rows.getInt(2)))));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IOException("the export broke off", e);
        }
    }

    private byte[] jsonLine(Views.ScoreRow row) throws JsonProcessingException {
        byte[] object = json.writeValueAsBytes(row);
        byte[] line = java.util.Arrays.copyOf(object, object.length + 1);
        line[object.length] = '\n';
        return line;
    }

    private static String csvRow(Views.ScoreRow row) {
        return CsvRow.of(
                List.of(
                        row.ordinal(),
                        row.url(),
                        row.urlId(),
                        row.finalUrl(),
                        Objects.<Object>requireNonNullElse(row.status(), ""),
                        row.title(),
                        row.language(),
                        row.score(),
                        row.action().name(),
                        row.confidence(),
                        row.reason(),
                        row.nextStep(),
                        row.rulesVersion(),
                        row.textLength(),
                        String.join(" ", row.platforms()),
                        row.truncated()));
    }
}
