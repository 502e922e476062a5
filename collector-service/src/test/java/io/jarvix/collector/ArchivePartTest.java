package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchivePartTest {

    private static final UUID RUN = UUID.fromString("01932f6e-7b1a-7c3e-9d55-0a1b2c3d4e5f");

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void everyColumnIsReadByDuckDb(ArchiveCodec codec) throws Exception {
        Path file = write(codec);

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select *, headers['set-cookie'] as cookies,"
                                        + " epoch_us(fetched_at) as micros from '"
                                        + file
                                        + "' order by ordinal")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("run_id")).isEqualTo(RUN.toString());
            assertThat(rows.getInt("ordinal")).isEqualTo(1);
            assertThat(rows.getInt("lease")).isEqualTo(2);
            assertThat(rows.getString("url")).isEqualTo("https://shop.example/1");
            assertThat(rows.getString("final_url")).isEqualTo("https://shop.example/final");
            assertThat(rows.getString("url_id")).isEqualTo("id1");
            assertThat(rows.getString("redirects")).isEqualTo("['https://shop.example/1']");
            assertThat(rows.getLong("micros")).isEqualTo(1_764_000_000_123_456L);
            assertThat(rows.getInt("status")).isEqualTo(200);
            assertThat(rows.getString("outcome")).isEqualTo("FETCHED");
            assertThat(rows.getString("error_kind")).isNull();
            assertThat(rows.getInt("attempts")).isEqualTo(3);
            assertThat(rows.getLong("duration_ms")).isEqualTo(412);
            assertThat(rows.getString("content_type")).isEqualTo("text/html; charset=utf-8");
            assertThat(rows.getString("charset")).isEqualTo("utf-8");
            assertThat(rows.getString("cookies")).isEqualTo("['a=1', 'b=2']");
            assertThat(rows.getBoolean("truncated")).isTrue();
            assertThat(ArchiveWriterTest.blob(rows)).isEqualTo(body(1));
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("outcome")).isEqualTo("FAILED");
            assertThat(rows.getString("error_kind")).isEqualTo("TIMEOUT");
            assertThat(rows.getString("error_message")).isEqualTo("No answer.");
            assertThat(rows.getObject("status")).isNull();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("outcome")).isEqualTo("BLOCKED");
            assertThat(rows.getString("error_kind")).isEqualTo("ROBOTS");
            for (int ordinal = 4; ordinal <= 300; ordinal++) {
                assertThat(rows.next()).isTrue();
                assertThat(ArchiveWriterTest.blob(rows)).isEqualTo(body(ordinal));
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBodiesAreReadByHardwoodToo(ArchiveCodec codec) throws Exception {
        Path file = write(codec);

        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
                RowReader rows = reader.rowReader()) {
            for (int ordinal = 1; ordinal <= 300; ordinal++) {
                assertThat(rows.hasNext()).isTrue();
                rows.next();
                assertThat(rows.getInt("ordinal")).isEqualTo(ordinal);
                assertThat(rows.getBinary("body")).isEqualTo(body(ordinal));
            }
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameRowsGiveTheSameBytes(ArchiveCodec codec) throws Exception {
        assertThat(write(codec)).hasSameBinaryContentAs(write(codec));
    }

    private int files;

    /// Three row groups and more, so that their edges are crossed.
    private Path write(ArchiveCodec codec) throws IOException {
        Path temporary = folder.resolve("part" + ++files + ".tmp");
        Path finished = folder.resolve("part" + files + ".parquet");
        try (ArchivePart part = new ArchivePart(temporary, finished, codec, 100_000)) {
            for (int ordinal = 1; ordinal <= 300; ordinal++) {
                part.add(new ArchiveRows.Row(raw(ordinal), body(ordinal)));
            }
            part.finish();
            part.publish(new ArchiveFolder(folder));
        }
        return finished;
    }

    static byte[] body(int ordinal) {
        byte[] noise = new byte[2_000];
        new Random(ordinal).nextBytes(noise);
        byte[] text = ("<p>página " + ordinal + "</p>").repeat(ordinal % 50).getBytes(UTF_8);
        System.arraycopy(text, 0, noise, 0, Math.min(text.length, noise.length));
        return noise;
    }

    private static RawRecord raw(int ordinal) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("text/html; charset=utf-8"));
        headers.put("set-cookie", List.of("a=1", "b=2"));
        FetchOutcome outcome =
                switch (ordinal) {
                    case 2 -> new Failed(FailureKind.TIMEOUT, "No answer.");
                    case 3 -> new Blocked(BlockRule.ROBOTS, "Disallow: /");
                    default -> new FetchOutcome.Fetched();
                };
        return new RawRecord(
                RUN,
                ordinal,
                2,
                "https://shop.example/" + ordinal,
                "id" + ordinal,
                "https://shop.example/final",
                ordinal == 1 ? List.of("https://shop.example/1") : List.of(),
                Instant.ofEpochSecond(1_764_000_000L, 123_456_789),
                ordinal == 2 ? null : 200,
                outcome,
                3,
                412,
                "text/html; charset=utf-8",
                "utf-8",
                ordinal == 3 ? Map.of() : headers,
                true,
                body(ordinal).length,
                null);
    }
}
