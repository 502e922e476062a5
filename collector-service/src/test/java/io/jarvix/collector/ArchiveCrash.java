package io.jarvix.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logmanager.Logger;

/// An archive writer in a process of its own that is killed at a chosen moment: no `finally`, no
/// shutdown hook, no flush.
final class ArchiveCrash {

    static final int EXIT = 99;

    /// When the process dies, of the second window that it closes.
    enum Moment {
        BEFORE_DECISION,
        AFTER_DECISION,
        BETWEEN_RENAMES,
        AFTER_RENAMES,
        AFTER_COMMIT
    }

    private final Moment moment;
    private int windows;
    private int renames;

    private ArchiveCrash(Moment moment) {
        this.moment = moment;
    }

    /// Arguments: bootstrap servers, group, folder, records per window, moment.
    public static void main(String[] args) throws IOException {
        Logger.getLogger("").setLevel(Level.WARNING);
        ArchiveCrash crash = new ArchiveCrash(Moment.valueOf(args[4]));
        ArchiveWriter writer =
                writer(
                        crash.consumer(settings(args[0], args[1])),
                        crash.folder(Path.of(args[2])),
                        Integer.parseInt(args[3]));
        writer.subscribe();
        while (true) {
            writer.step();
        }
    }

    /// One static member per group: an heir takes over at once instead of after the session's end.
    static Map<String, Object> settings(String bootstrapServers, String group) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "group.instance.id",
                group,
                "max.poll.records",
                "7");
    }

    static ArchiveWriter writer(
            KafkaConsumer<String, byte[]> consumer, ArchiveFolder folder, int windowRecords) {
        return new ArchiveWriter(
                consumer,
                folder,
                new ArchiveWindow.Bounds(
                        ArchiveCodec.ZSTD,
                        20_000,
                        windowRecords,
                        Long.MAX_VALUE,
                        Duration.ofHours(1).toNanos()),
                Long.MAX_VALUE);
    }

    private void dieAt(Moment reached) {
        if (windows == 2 && reached == moment) {
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(
                settings, new StringDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                boolean decision = offsets.values().stream().anyMatch(o -> !o.metadata().isEmpty());
                if (decision) {
                    windows++;
                    renames = 0;
                    dieAt(Moment.BEFORE_DECISION);
                } else {
                    dieAt(Moment.AFTER_RENAMES);
                }
                super.commitSync(offsets);
                dieAt(decision ? Moment.AFTER_DECISION : Moment.AFTER_COMMIT);
            }
        };
    }

    private ArchiveFolder folder(Path archive) {
        return new ArchiveFolder(archive) {
            @Override
            void publish(Path temporary, Path finished) throws IOException {
                super.publish(temporary, finished);
                if (++renames == 1) {
                    dieAt(Moment.BETWEEN_RENAMES);
                }
            }
        };
    }

    static UUID run(int number) {
        return new UUID(0x0193_2f6e_7b1a_7c3eL, number);
    }
}
