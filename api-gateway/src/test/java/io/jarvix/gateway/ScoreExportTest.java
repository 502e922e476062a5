package io.jarvix.gateway;

import static io.jarvix.gateway.DuckDb.column;
import static io.jarvix.gateway.DuckDb.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each form of the export read by DuckDB, which shares no code with us.
@SuppressWarnings("NullAway.Init")
class ScoreExportTest {

    private static final int LINES = 1_050;
    private static final List<String> TITLES =
            List.of(
                    "",
                    "=1+1",
                    "a \"quoted\", title",
                    "two\nlines",
                    "Ünïcode ✓ 日本語 🛒",
                    "x".repeat(400));
    private static final LedgerReader.ScoreFilter ALL =
            new LedgerReader.ScoreFilter(null, null, null, 0);

    @TempDir Path folder;

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final LedgerReader ledger = new LedgerReader(database.source);
    private final ScoreExport export = new ScoreExport(ledger);
    private UUID run;

    @BeforeEach
    void scoreSomePages() throws Exception {
        run =
                new SeriesLedger(database)
                        .run(
                                "export",
                                null,
                                IntStream.rangeClosed(1, LINES)
                                        .mapToObj(i -> "https://h%d.example/%d".formatted(i % 9, i))
                                        .toList(),
                                ScoreExportTest::page);
    }

    private static PageResult page(int ordinal) {
        return Pages.scored(ordinal * 37 % 1_001 / 10.0, TITLES.get(ordinal % TITLES.size()));
    }

    @Test
    void theParquetFileHasTheRowsOfTheNdjson() throws Exception {
        Path parquet = write("scores.parquet", out -> export.parquet(run, ALL, out));
        Path ndjson = write("scores.ndjson", out -> export.ndjson(run, ALL, out));

        assertThat(number("select count(*) from '" + parquet + "'")).isEqualTo(LINES);
        assertThat(number(onlyIn(parquet, ndjson))).isZero();
        assertThat(number(onlyIn(ndjson, parquet))).isZero();
        assertThat(number("select count(*) from '" + parquet + "' where status is null"))
                .isEqualTo(LINES / 7);
        assertThat(number("select count(*) from '" + parquet + "' where platforms = ['Shopify']"))
                .isEqualTo(LINES);
        assertThat(number("select max(length(title)) from '" + parquet + "'")).isEqualTo(400);
    }

    @Test
    void theRowsComeBestFirstOnceEachAndAsTheFilterAsks() throws Exception {
        LedgerReader.ScoreFilter some =
                new LedgerReader.ScoreFilter(Action.MONITOR, "h4.example", "en", 60);
        String file = write("some.ndjson", out -> export.ndjson(run, some, out)).toString();
        String all = write("all.ndjson", out -> export.ndjson(run, ALL, out)).toString();

        List<String> expected =
                ledger.lines(run, null, 0, LINES).stream()
                        .filter(line -> String.valueOf(line.url()).contains("//h4.example/"))
                        .filter(line -> value(line.ordinal()) >= 60 && value(line.ordinal()) <= 75)
                        .map(line -> Integer.toString(line.ordinal()))
                        .toList();
        assertThat(column("select ordinal from '" + file + "' order by ordinal"))
                .isEqualTo(expected)
                .isNotEmpty();
        assertThat(column("select ordinal from '" + all + "'"))
                .isEqualTo(column("select ordinal from '" + all + "' order by score desc, ordinal"))
                .doesNotHaveDuplicates()
                .hasSize(LINES);
    }

    private static double value(int ordinal) {
        return ordinal * 37 % 1_001 / 10.0;
    }

    @Test
    void aSpreadsheetRunsNothingOfTheCsvAndReadsEveryRow() throws Exception {
        Path csv = write("scores.csv", out -> export.csv(run, ALL, out));

        String table = "read_csv('" + csv + "', all_varchar = true, quote = '\"', escape = '\"')";
        assertThat(number("select count(*) from " + table)).isEqualTo(LINES);
        assertThat(number("select count(*) from " + table + " where title like '=%'")).isZero();
        assertThat(number("select count(*) from " + table + " where title = '''=1+1'"))
                .isEqualTo(LINES / TITLES.size());
        assertThat(column("select column_name from (describe select * from " + table + ")"))
                .isEqualTo(
                        ScoreColumns.ALL.stream()
                                .map(ScoreColumns.Column::name)
                                .collect(Collectors.toList()));
    }

    @Test
    void anEmptyRunIsAnEmptyTable() throws Exception {
        UUID empty = RunId.at(Instant.EPOCH);
        Path parquet = write("empty.parquet", out -> export.parquet(empty, ALL, out));

        assertThat(number("select count(*) from '" + parquet + "'")).isZero();
        assertThat(column("select column_name from (describe select * from '" + parquet + "')"))
                .hasSize(ScoreColumns.ALL.size());
    }

    /// A client that goes away in the middle: nothing is written on, and what it has is no Parquet
    /// file.
    @Test
    void aParquetFileThatBreaksOffIsRefusedByItsReader() throws Exception {
        Path whole = write("whole.parquet", out -> export.parquet(run, ALL, out));
        Path broken = folder.resolve("broken.parquet");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(whole), 5_000));

        assertThatThrownBy(() -> number("select count(*) from '" + broken + "'"))
                .isInstanceOf(SQLException.class);
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private Path write(String name, Writing export) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            export.to(out);
        }
        assertThat(Files.size(file)).isPositive();
        return file;
    }

    private static String onlyIn(Path one, Path other) {
        return "select count(*) from (select * from %s except all select * from %s)"
                .formatted(table(one), table(other));
    }

    private static String table(Path file) {
        String columns =
                ScoreColumns.ALL.stream()
                        .map(column -> "%s: '%s'".formatted(column.name(), sqlType(column.type())))
                        .collect(Collectors.joining(", "));
        return file.toString().endsWith(".ndjson")
                ? "read_ndjson('%s', columns = {%s})".formatted(file, columns)
                : "'" + file + "'";
    }

    private static String sqlType(ScoreColumns.Type type) {
        return switch (type) {
            case INT -> "INTEGER";
            case DOUBLE -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case TEXT -> "VARCHAR";
            case TEXTS -> "VARCHAR[]";
        };
    }
}
