package io.jarvix.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the Parquet archive costs and saves by codec, as the collector writes it; read back by
/// DuckDB.
final class Archiving implements Case {

    private static final int CONCURRENCY = 100;
    private static final int PAGES = 5_000;
    private static final int LOOK_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String about() {
        return "Parquet megabytes, ratio and collector CPU with zstd, snappy, gzip, and without an archive";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (bench.quick()) {
            return;
        }
        Report.Table table =
                bench.report()
                        .table(
                                "Parquet archive",
                                about()
                                        + ". Pages that the collector wrote, read back by DuckDB: rows and bytes must be all there."
                                        + " The collector was warmed by as many pages before.",
                                "codec",
                                "pages",
                                "bodies",
                                "Parquet",
                                "ratio",
                                "collector CPU ms/URL",
                                "URLs/s",
                                "load");
        for (String codec : new String[] {"none", "zstd", "snappy", "gzip"}) {
            measure(bench, table, codec);
        }
    }

    private static void measure(Bench bench, Report.Table table, String codec) throws Exception {
        boolean archived = !codec.equals("none");
        Map<String, String> settings =
                Map.of(
                        "JARVIX_COLLECTOR_ARCHIVE_ENABLED",
                        Boolean.toString(archived),
                        "JARVIX_COLLECTOR_ARCHIVE_CODEC",
                        archived ? codec : "zstd",
                        "JARVIX_COLLECTOR_ARCHIVE_MAX_AGE",
                        "3s");
        try (RunningOrigin origin = bench.origin(Bench.CLEAN);
                RunningBroker broker = bench.broker();
                Kafka kafka = new Kafka(broker.bootstrapServers());
                ManagedProcess collector =
                        Downloading.collector(bench, broker, CONCURRENCY, settings)) {
            Downloading.measure(origin, broker, kafka, collector, PAGES);
            String load = Machine.loadNow();
            long begin = ProcessUsage.cpuMillis(collector.workerPid());
            Downloading.Measured measured =
                    Downloading.measure(origin, broker, kafka, collector, PAGES);
            long bytes = origin.counters().get("bytes").asLong();
            Path folder = bench.work().resolve("archive");
            Archived found = archived ? await(folder, 2L * PAGES) : new Archived(2L * PAGES, 0, 0);
            long cpu = ProcessUsage.cpuMillis(collector.workerPid()) - begin;
            table.row(
                    new Accounting(2L * PAGES, found.rows(), found.rows()),
                    codec,
                    Figures.whole(PAGES),
                    Figures.megabytes(bytes),
                    archived ? Figures.megabytes(found.fileBytes() / 2.0) : "-",
                    archived ? Figures.two((double) found.bodyBytes() / found.fileBytes()) : "-",
                    Figures.two((double) cpu / PAGES),
                    Figures.whole(measured.urlsPerSecond()),
                    load);
        }
    }

    /// What the archive holds, files that are being written left out.
    private record Archived(long rows, long bodyBytes, long fileBytes) {}

    private static Archived await(Path folder, long rows) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Archived found = archived(folder);
        while (found.rows() < rows && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
            found = archived(folder);
        }
        return found;
    }

    private static Archived archived(Path folder) throws IOException, SQLException {
        long bytes = 0;
        for (Path file : parquetFiles(folder.resolve("raw"))) {
            bytes += Files.size(file);
        }
        if (bytes == 0) {
            return new Archived(0, 0, 0);
        }
        String query =
                "select count(*), coalesce(sum(octet_length(body)), 0) from read_parquet('"
                        + folder
                        + "/**/*.parquet')";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet answer = duckdb.createStatement().executeQuery(query)) {
            answer.next();
            return new Archived(answer.getLong(1), answer.getLong(2), bytes);
        }
    }

    /// The finished files. Those beside the runs' folders come and go while one looks.
    private static List<Path> parquetFiles(Path archive) throws IOException {
        if (!Files.isDirectory(archive)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(archive, "run=*")) {
            for (Path run : runs) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(run, "*.parquet")) {
                    files.forEach(found::add);
                }
            }
        }
        return found;
    }
}
