package io.jarvix.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jarvix.contracts.PageScore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All scores of a run as one stream, best first. The ledger is read by the page: a page of rows is
/// in memory at a time, whatever their number, and no database connection is held while a slow
/// client takes its time. A run that goes on is exported as far as it is scored; each row comes
/// once.
@Singleton
final class ScoreExport {

    private static final int PAGE = 200;

    private final LedgerReader ledger;
    private final ObjectMapper json = JsonMapper.builder().build();

    ScoreExport(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /// Takes one row.
    private interface RowSink {
        void take(Views.ScoreRow row) throws IOException;
    }

    void csv(UUID run, LedgerReader.ScoreFilter filter, OutputStream out) throws IOException {
        List<String> names = ScoreColumns.ALL.stream().map(ScoreColumns.Column::name).toList();
        out.write(CsvRow.of(names).getBytes(StandardCharsets.UTF_8));
        each(run, filter, row -> out.write(csvRow(row).getBytes(StandardCharsets.UTF_8)));
    }

    void ndjson(UUID run, LedgerReader.ScoreFilter filter, OutputStream out) throws IOException {
        each(
                run,
                filter,
                row -> {
                    out.write(json.writeValueAsBytes(row));
                    out.write('\n');
                });
    }

    void parquet(UUID run, LedgerReader.ScoreFilter filter, OutputStream out) throws IOException {
        ParquetStream file = new ParquetStream(out);
        each(run, filter, file::add);
        file.finish();
    }

    private void each(UUID run, LedgerReader.ScoreFilter filter, RowSink sink) throws IOException {
        Cursor after = null;
        while (true) {
            List<PageScore> page = page(run, filter, after);
            for (PageScore score : page) {
                sink.take(Views.ScoreRow.of(score));
            }
            if (page.size() < PAGE) {
                return;
            }
            after = Views.ScoreRow.of(page.getLast()).cursor();
        }
    }

    private List<PageScore> page(UUID run, LedgerReader.ScoreFilter filter, @Nullable Cursor after)
            throws IOException {
        try {
            return ledger.scores(run, filter, after, PAGE);
        } catch (SQLException e) {
            throw new IOException("the export broke off", e);
        }
    }

    private static String csvRow(Views.ScoreRow row) {
        return CsvRow.of(
                ScoreColumns.ALL.stream()
                        .map(column -> csvCell(column.value().apply(row)))
                        .toList());
    }

    private static Object csvCell(@Nullable Object value) {
        return value instanceof List<?> texts
                ? String.join(" ", texts.stream().map(Object::toString).toList())
                : Objects.requireNonNullElse(value, "");
    }
}
