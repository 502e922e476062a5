package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveMemoryTest {

    private static final int HEAP_MEBIBYTES = 80;
    private static final int HEAP_OF_MANY_RUNS = 160;

    @TempDir Path folder;

    private Path archivedBy(Class<?> program, int heap) throws Exception {
        Path log = folder.resolve("log");
        Path archive = folder.resolve("archive");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap + "m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                archive.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return archive;
    }

    /// An open file costs 320 KiB: of all runs' files at once that were 480 MB.
    @Test
    void theMemoryDoesNotGrowWithTheNumberOfRuns() throws Exception {
        Path archive = archivedBy(ArchiveManyRuns.class, HEAP_OF_MANY_RUNS);

        try (Stream<Path> files = Files.walk(archive)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .hasSize(ArchiveManyRuns.RUNS);
        }
    }

    /// 600 MB of bodies in one window, through a heap of a seventh of it.
    @Test
    void theMemoryDoesNotGrowWithTheArchive() throws Exception {
        Path archive = archivedBy(ArchiveLoad.class, HEAP_MEBIBYTES);

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select count(*), count(distinct ordinal), sum(octet_length(body)),"
                                        + " count(distinct run_id) from '"
                                        + archive
                                        + "/raw/*/*.parquet'")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(ArchiveLoad.ROWS);
            assertThat(rows.getInt(2)).isEqualTo(ArchiveLoad.ROWS);
            assertThat(rows.getLong(3))
                    .isEqualTo(
                            (long) ArchiveLoad.LARGE_BODIES * ArchiveLoad.LARGE_BODY
                                    + (long) (ArchiveLoad.ROWS - ArchiveLoad.LARGE_BODIES)
                                            * ArchiveLoad.BODY)
                    .isGreaterThan(7L * HEAP_MEBIBYTES * 1_000_000);
            assertThat(rows.getInt(4)).isEqualTo(ArchiveLoad.RUNS);
        }
    }
}
