package io.jarvix.collector;

import io.jarvix.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Writes the raw records of its partitions to Parquet parts, each record into exactly one,
/// whatever dies when. A window ([ArchiveWindow]) of a partition begins at the committed offset B
/// and is closed at an offset E in four steps:
///
/// 1. the parts are finished and synced under temporary names;
/// 2. E is written down beside the committed offset: commit B with the metadata `until=E`;
/// 3. the parts are renamed, named by their first offset;
/// 4. E is committed.
///
/// Whoever takes the partition over after a crash begins at B. Died before step 2: no file of the
/// window is visible, and E is free again. Died after it: the window ends at the E that was written
/// down, so the same files with the same rows replace those that were renamed already. A writer
/// that was thought dead and wakes up fails at step 2, or renames files equal to those of its heir.
/// Thread rule: one thread.
final class ArchiveWriter implements ConsumerRebalanceListener {

    private static final String DECIDED = "until=";
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final ArchiveFolder folder;
    private final ArchiveWindow.Bounds bounds;
    private final long maxBuffered;
    private final Map<TopicPartition, ArchiveWindow> windows = new HashMap<>();
    private boolean assigned;
    private boolean closed;

    ArchiveWriter(
            Consumer<String, byte[]> consumer,
            ArchiveFolder folder,
            ArchiveWindow.Bounds bounds,
            long maxBuffered) {
        this.consumer = consumer;
        this.folder = folder;
        this.bounds = bounds;
        this.maxBuffered = maxBuffered;
    }

    void subscribe() {
        consumer.subscribe(List.of(Topics.RAW_RECORDS), this);
    }

    /// Takes what there is, and closes the windows that are complete.
    ///
    /// @return how many records were taken
    int step() throws IOException {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                take(partition, record);
            }
        }
        long now = System.nanoTime();
        for (TopicPartition partition : new ArrayList<>(windows.keySet())) {
            closeIfComplete(partition, now);
        }
        shedMemory();
        return records.count();
    }

    /// Closes all windows, as far as they may be.
    void finish() throws IOException {
        for (TopicPartition partition : new ArrayList<>(windows.keySet())) {
            closeEarly(partition);
        }
        abandonAll();
    }

    void abandonAll() throws IOException {
        for (ArchiveWindow window : windows.values()) {
            window.abandon();
        }
        windows.clear();
    }

    /// Records that wait in the topic.
    long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    /// Records that are read and not yet in a part of the archive.
    long open() {
        long open = 0;
        for (ArchiveWindow window : windows.values()) {
            open += window.records();
        }
        return open;
    }

    /// Whether the archive was seen to work: files are in their place, or there is nothing to
    /// write, and nothing is left of an earlier failure.
    boolean works() {
        return windows.values().stream().noneMatch(ArchiveWindow::isRepetition)
                && (closed || assigned && open() == 0 && hasReadAll());
    }

    private boolean hasReadAll() {
        return consumer.assignment().stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
    }

    private void take(TopicPartition partition, ConsumerRecord<String, byte[]> record)
            throws IOException {
        ArchiveWindow window = window(partition);
        if (window.endsBefore(record.offset())) {
            window = close(partition, window);
        }
        long now = System.nanoTime();
        Optional<ArchiveRows.Row> row = ArchivedRecord.rowOf(record);
        if (row.isPresent()) {
            window.add(record.offset(), row.get(), now);
        } else {
            window.skip(record.offset(), now);
        }
        closeIfComplete(partition, now);
    }

    private ArchiveWindow window(TopicPartition partition) {
        ArchiveWindow window = windows.get(partition);
        if (window == null) {
            throw new IllegalStateException("a record of a partition that is not ours");
        }
        return window;
    }

    private void closeIfComplete(TopicPartition partition, long now) throws IOException {
        ArchiveWindow window = window(partition);
        if (window.isComplete(now)) {
            close(partition, window);
        }
    }

    private void closeEarly(TopicPartition partition) throws IOException {
        ArchiveWindow window = window(partition);
        if (window.mayEndEarly()) {
            close(partition, window);
        }
    }

    private ArchiveWindow close(TopicPartition partition, ArchiveWindow window) throws IOException {
        long end = window.end();
        window.finishParts();
        commit(partition, new OffsetAndMetadata(window.base(), DECIDED + end));
        window.publishParts();
        commit(partition, new OffsetAndMetadata(end));
        closed = true;
        ArchiveWindow next = new ArchiveWindow(partition, folder, bounds, end, null);
        windows.put(partition, next);
        return next;
    }

    private void commit(TopicPartition partition, OffsetAndMetadata offset) {
        consumer.commitSync(Map.of(partition, offset));
    }

    /// Closes the window that holds most, until all together hold little enough.
    private void shedMemory() throws IOException {
        long buffered = 0;
        for (ArchiveWindow window : windows.values()) {
            buffered += window.buffered();
        }
        while (buffered > maxBuffered) {
            Optional<Map.Entry<TopicPartition, ArchiveWindow>> largest =
                    windows.entrySet().stream()
                            .filter(entry -> entry.getValue().mayEndEarly())
                            .max(Comparator.comparingLong(entry -> entry.getValue().buffered()));
            if (largest.isEmpty() || largest.get().getValue().buffered() == 0) {
                return;
            }
            buffered -= largest.get().getValue().buffered();
            close(largest.get().getKey(), largest.get().getValue());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assigned = true;
        Set<TopicPartition> asked = new HashSet<>(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(asked);
        for (TopicPartition partition : partitions) {
            @Nullable OffsetAndMetadata offset = committed.get(partition);
            long base = offset == null ? consumer.position(partition) : offset.offset();
            windows.put(
                    partition,
                    new ArchiveWindow(partition, folder, bounds, base, decidedEnd(offset)));
            try {
                folder.clean(partition.topic(), partition.partition());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static @Nullable Long decidedEnd(@Nullable OffsetAndMetadata offset) {
        return offset == null || !offset.metadata().startsWith(DECIDED)
                ? null
                : Long.valueOf(offset.metadata().substring(DECIDED.length()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            for (TopicPartition partition : partitions) {
                if (windows.containsKey(partition)) {
                    closeEarly(partition);
                    drop(partition);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        try {
            for (TopicPartition partition : partitions) {
                drop(partition);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop(TopicPartition partition) throws IOException {
        @Nullable ArchiveWindow window = windows.remove(partition);
        if (window != null) {
            window.abandon();
        }
    }
}
