package io.jarvix.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The folder in which the suite keeps what must outlive it: the broker's logs, the database, the
/// archive, the log file. Locked by one process at a time; the lock ends with the process, however
/// it ends.
final class DataFolder implements AutoCloseable {

    private static final String LOCK = "jarvix.lock";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes the folder where it is missing, and locks it.
    ///
    /// @throws CommandException where another process has it, or it cannot be written
    static DataFolder lock(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(path.resolve(LOCK), CREATE, READ, WRITE);
            if (tryLock(channel) == null) {
                String owner = read(channel);
                channel.close();
                throw new CommandException(
                        ExitCode.DATA_FOLDER_IN_USE,
                        "Another JARVIX works in the data folder "
                                + path
                                + owner
                                + ". Stop it, or name another folder with --data.");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.START_FAILED,
                    "The data folder " + path + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    Path broker() {
        return path.resolve("kafka");
    }

    Path database() {
        return path.resolve("postgres");
    }

    Path archive() {
        return path.resolve("archive");
    }

    Path log() {
        return path.resolve("jarvix.log");
    }

    /// Where [OpenRun] remembers a run that has not ended.
    Path openRun() {
        return path.resolve("open-run.json");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(32);
        channel.read(owner, 0);
        String pid = new String(owner.array(), 0, owner.position(), UTF_8).strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }
}
