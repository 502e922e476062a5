package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logmanager.Logger;

/// Archives one record of each of many runs that are under way at once, in a process of its own
/// whose heap the caller bounds. The consumer is the one that Kafka ships for programs without a
/// broker.
final class ArchiveManyRuns {

    static final int RUNS = 1_500;

    private ArchiveManyRuns() {}

    /// Argument: the archive's folder.
    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.WARNING);
        CollectorConfig.Archive config = CollectorConfigs.with(Map.of()).archive();
        TopicPartition partition = new TopicPartition(Topics.RAW_RECORDS, 0);
        try (MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest")) {
            ArchiveWriter writer =
                    new ArchiveWriter(
                            consumer,
                            new ArchiveFolder(Path.of(args[0])),
                            ArchiveWindow.Bounds.of(config),
                            config.maxBuffered());
            writer.subscribe();
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, (long) RUNS));
            consumer.rebalance(List.of(partition));
            for (int run = 0; run < RUNS; run++) {
                consumer.addRecord(record(run));
                if (run % 50 == 0) {
                    writer.step();
                }
            }
            writer.step();
            writer.finish();
        }
    }

    private static ConsumerRecord<String, byte[]> record(int run) {
        byte[] body = ("page of run " + run).getBytes(UTF_8);
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(
                        Topics.RAW_RECORDS, 0, run, "id" + run, CompressedBody.compress(body));
        record.headers().add(Topics.RAW_RECORD_HEADER, Wire.write(ArchiveLoad.raw(run, run, body)));
        return record;
    }
}
