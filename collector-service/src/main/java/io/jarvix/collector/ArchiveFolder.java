package io.jarvix.collector;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// Where the archive's files lie. A part is written as `raw/.writing/...` and becomes
/// `raw/run=<id>/<topic>+<partition>+<first offset>.parquet` by an atomic rename, so that a reader
/// never sees half a file and a second writing of the same part replaces the first.
class ArchiveFolder {

    private final Path raw;
    private final Path writing;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    ArchiveFolder(Path archive) {
        this.raw = archive.resolve("raw");
        this.writing = raw.resolve(".writing");
    }

    /// A name for a file that is being written; the folder exists after the call.
    Path temporary(String topic, int partition, UUID run, long firstOffset) throws IOException {
        Files.createDirectories(writing);
        return writing.resolve(
                prefix(topic, partition) + firstOffset + "." + run + "." + writer + ".tmp");
    }

    Path finished(String topic, int partition, UUID run, long firstOffset) {
        return raw.resolve("run=" + run)
                .resolve(prefix(topic, partition) + firstOffset + ".parquet");
    }

    /// Makes a whole and synced temporary file a part of the archive; durable when it returns.
    void publish(Path temporary, Path finished) throws IOException {
        Path folder = finished.getParent();
        if (folder == null) {
            throw new IOException("no folder: " + finished);
        }
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            sync(raw);
        }
        Files.move(temporary, finished, ATOMIC_MOVE, REPLACE_EXISTING);
        sync(folder);
    }

    /// Removes what others left half-written of a partition: whoever calls owns it now.
    void clean(String topic, int partition) throws IOException {
        if (!Files.isDirectory(writing)) {
            return;
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(writing, prefix(topic, partition) + "*.tmp")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String prefix(String topic, int partition) {
        return topic + "+" + partition + "+";
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
