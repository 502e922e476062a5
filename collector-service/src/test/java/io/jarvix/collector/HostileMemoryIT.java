package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.collector.TaskKafka.Collected;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.UrlTask;
import io.jarvix.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bound that ARCHITECTURE.md states for the collector's memory, with the built application in
/// a JVM that has no more, with all bounds as they are shipped and the archive on.
class HostileMemoryIT {

    private static final String[] PATHS = {
        "/endless", "/50mb", "/noise/1", "/gzip-bomb", "/nested-bomb", "/brotli-bomb", "/zstd-bomb"
    };

    @TempDir Path folder;

    /// Two waves, so that what the first one leaves behind counts too.
    @Test
    void aHundredHostileDownloadsAtOnceFitIntoTheStatedHeap() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
                HostileOrigin origin = new HostileOrigin()) {
            TopicCreation.createMissing(broker.bootstrapServers(), 3, (short) 1, 30_000);
            try (TaskKafka kafka = new TaskKafka(broker.bootstrapServers(), false);
                    CollectorProcess collector =
                            new CollectorProcess(
                                    folder.resolve("collector.log"),
                                    List.of(
                                            "-Xmx" + ArchitectureText.heapOfTheCollector() + "m",
                                            "-XX:MaxDirectMemorySize=64m"),
                                    Map.of(
                                            "kafka.bootstrap.servers",
                                            broker.bootstrapServers(),
                                            "jarvix.collector.allowed-private-cidrs",
                                            "127.77.0.0/16",
                                            "jarvix.collector.archive.folder",
                                            folder.resolve("archive").toString()))) {
                for (int wave = 0; wave < 2; wave++) {
                    UUID run = UUID.randomUUID();
                    kafka.send(tasks(run, origin));

                    Map<Integer, Collected> records = kafka.byOrdinal(run, 100);

                    assertThat(collector.isAlive()).as(collector.log()).isTrue();
                    assertThat(records).hasSize(100);
                    assertThat(records.values())
                            .allSatisfy(
                                    one -> {
                                        assertThat(one.raw().outcome())
                                                .isEqualTo(new FetchOutcome.Fetched());
                                        assertThat(one.raw().truncated()).isTrue();
                                    });
                }
            }
        }
    }

    private static List<UrlTask> tasks(UUID run, HostileOrigin origin) {
        List<UrlTask> tasks = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            tasks.add(TaskKafka.task(run, i, origin.url(i, PATHS[i % PATHS.length])));
        }
        return tasks;
    }
}
