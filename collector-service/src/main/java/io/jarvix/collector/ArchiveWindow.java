package io.jarvix.collector;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The records of one partition from the committed offset on, in one open part per run. All parts
/// of a window are closed together, at an offset that is either free to choose or was written down
/// by whoever tried before ([ArchiveWriter]). Thread rule: one thread.
final class ArchiveWindow {

    /// The bounds after which a window is closed.
    record Bounds(
            ArchiveCodec codec, long rowGroupBytes, int maxRecords, long maxBytes, long maxNanos) {

        static Bounds of(CollectorConfig.Archive config) {
            return new Bounds(
                    config.codec(),
                    config.rowGroupBytes(),
                    config.maxRecords(),
                    config.maxBytes(),
                    config.maxAge().toNanos());
        }
    }

    private final TopicPartition partition;
    private final ArchiveFolder folder;
    private final Bounds bounds;
    private final long base;
    private final @Nullable Long decidedEnd;
    private final Map<UUID, ArchivePart> parts = new LinkedHashMap<>();
    private long end;
    private int records;
    private long bytes;
    private long openedNanos;

    /// @param base the committed offset
    /// @param decidedEnd where the window has to end, if that was decided before; null: free
    ArchiveWindow(
            TopicPartition partition,
            ArchiveFolder folder,
            Bounds bounds,
            long base,
            @Nullable Long decidedEnd) {
        this.partition = partition;
        this.folder = folder;
        this.bounds = bounds;
        this.base = base;
        this.end = base;
        this.decidedEnd = decidedEnd != null && decidedEnd > base ? decidedEnd : null;
    }

    long base() {
        return base;
    }

    /// The offset after the last record.
    long end() {
        return end;
    }

    boolean isEmpty() {
        return end == base;
    }

    /// Whether the record belongs to the window after this one.
    boolean endsBefore(long offset) {
        return decidedEnd != null && offset >= decidedEnd;
    }

    /// Counts a record that has no row, since it cannot be read.
    void skip(long offset, long nowNanos) {
        count(offset, 0, nowNanos);
    }

    void add(long offset, ArchiveRows.Row row, long nowNanos) throws IOException {
        UUID run = row.raw().runId();
        @Nullable ArchivePart part = parts.get(run);
        if (part == null) {
            part =
                    new ArchivePart(
                            folder.temporary(partition.topic(), partition.partition(), run, offset),
                            folder.finished(partition.topic(), partition.partition(), run, offset),
                            bounds.codec(),
                            bounds.rowGroupBytes());
            parts.put(run, part);
        }
        part.add(row);
        count(offset, row.body().length, nowNanos);
    }

    /// Whether the window is to be closed now. One whose end was decided before ends there and
    /// nowhere else: its files are the same again.
    boolean isComplete(long nowNanos) {
        if (decidedEnd != null) {
            return end >= decidedEnd;
        }
        return !isEmpty()
                && (records >= bounds.maxRecords()
                        || bytes >= bounds.maxBytes()
                        || nowNanos - openedNanos >= bounds.maxNanos());
    }

    /// Whether it repeats a window that was not closed to its end before.
    boolean isRepetition() {
        return decidedEnd != null;
    }

    /// Whether it may be closed before it is complete, for its memory or the end of the process.
    boolean mayEndEarly() {
        return decidedEnd == null && !isEmpty();
    }

    long buffered() {
        long buffered = 0;
        for (ArchivePart part : parts.values()) {
            buffered += part.buffered();
        }
        return buffered;
    }

    int records() {
        return records;
    }

    void finishParts() throws IOException {
        for (ArchivePart part : parts.values()) {
            part.finish();
        }
    }

    void publishParts() throws IOException {
        for (ArchivePart part : parts.values()) {
            part.publish(folder);
        }
    }

    /// Gives the window up; its records will be read again.
    void abandon() throws IOException {
        for (ArchivePart part : parts.values()) {
            part.close();
        }
        parts.clear();
    }

    private void count(long offset, int bodyLength, long nowNanos) {
        if (isEmpty()) {
            openedNanos = nowNanos;
        }
        end = offset + 1;
        records++;
        bytes += bodyLength;
    }
}
