package io.jarvix.collector;

import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Logger;

/// Archives one large window in a process of its own, whose heap the caller bounds.
final class ArchiveLoad {

    static final int ROWS = 30_000;
    static final int RUNS = 4;
    static final int BODY = 16 * 1024;
    static final int LARGE_BODIES = 20;
    static final int LARGE_BODY = 5 * 1024 * 1024;

    private ArchiveLoad() {}

    /// Argument: the archive's folder.
    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.WARNING);
        CollectorConfig.Archive config = CollectorConfigs.with(Map.of()).archive();
        ArchiveWindow window =
                new ArchiveWindow(
                        new TopicPartition("raw-records", 0),
                        new ArchiveFolder(Path.of(args[0])),
                        new ArchiveWindow.Bounds(
                                config.codec(),
                                config.rowGroupBytes(),
                                Integer.MAX_VALUE,
                                Long.MAX_VALUE,
                                Duration.ofHours(1).toNanos()),
                        0,
                        null);
        byte[] noise = new byte[LARGE_BODY + 1024 * 1024];
        new Random(3).nextBytes(noise);
        for (int i = 0; i < ROWS; i++) {
            int length = i % (ROWS / LARGE_BODIES) == 0 ? LARGE_BODY : BODY;
            int from = i * 31 % (noise.length - length);
            window.add(i, row(i, Arrays.copyOfRange(noise, from, from + length)), i);
        }
        window.finishParts();
        window.publishParts();
    }

    private static ArchiveRows.Row row(int ordinal, byte[] body) {
        return new ArchiveRows.Row(raw(ordinal % RUNS, ordinal, body), body);
    }

    static RawRecord raw(int run, int ordinal, byte[] body) {
        String url = "https://shop.example/" + ordinal;
        return new RawRecord(
                ArchiveCrash.run(run),
                ordinal,
                1,
                url,
                "id" + ordinal,
                url,
                List.of(),
                Instant.ofEpochSecond(1_764_000_000L + ordinal),
                200,
                new FetchOutcome.Fetched(),
                1,
                12,
                "text/html",
                null,
                Map.of("content-type", List.of("text/html")),
                false,
                body.length,
                null);
    }
}
