package io.jarvix.collector;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/// One Parquet file that is being written. A row group goes to the disk when it is full, so what is
/// in memory depends on the row group's size and not on the file's. The same rows in the same order
/// give the same bytes.
final class ArchivePart implements AutoCloseable {

    private static final int PAGE_BYTES = 512 * 1024;

    /// What an open Parquet writer of our columns holds before its first row (measured).
    private static final long OPEN_BYTES = 320 * 1024;

    private final Path temporary;
    private final Path finished;
    private final LocalFile file;
    private final ArchivePages pages;
    private final ParquetWriter<ArchiveRows.Row> writer;
    private boolean closed;

    ArchivePart(Path temporary, Path finished, ArchiveCodec codec, long rowGroupBytes)
            throws IOException {
        this.temporary = temporary;
        this.finished = finished;
        this.file = new LocalFile(temporary);
        this.pages = new ArchivePages(codec);
        this.writer =
                new Builder(file)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(pages)
                        .withCompressionCodec(pages.name())
                        .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
                        .withRowGroupSize(rowGroupBytes)
                        .withPageSize(PAGE_BYTES)
                        .withMinRowCountForPageSizeCheck(1)
                        .withMaxRowCountForPageSizeCheck(1)
                        .withDictionaryEncoding("body", false)
                        .withDictionaryEncoding("url", false)
                        .withDictionaryEncoding("final_url", false)
                        .withDictionaryEncoding("url_id", false)
                        .withStatisticsEnabled("body", false)
                        .withValidation(false)
                        .build();
    }

    void add(ArchiveRows.Row row) throws IOException {
        writer.write(row);
    }

    /// Bytes that are in memory, about.
    long buffered() {
        return OPEN_BYTES + Math.max(0, writer.getDataSize() - file.written());
    }

    /// Writes what is left and syncs the file. It is whole then, and not yet part of the archive.
    void finish() throws IOException {
        closed = true;
        try {
            writer.close();
        } finally {
            pages.release();
        }
    }

    void publish(ArchiveFolder folder) throws IOException {
        folder.publish(temporary, finished);
    }

    /// Gives up a part that was not finished, and removes its file.
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            pages.release();
            file.abandon();
        }
        Files.deleteIfExists(temporary);
    }

    private static final class Builder extends ParquetWriter.Builder<ArchiveRows.Row, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<ArchiveRows.Row> getWriteSupport(Configuration configuration) {
            return new ArchiveRows();
        }

        @Override
        protected WriteSupport<ArchiveRows.Row> getWriteSupport(
                ParquetConfiguration configuration) {
            return new ArchiveRows();
        }
    }

    /// A file of this machine, without Hadoop's file systems.
    private static final class LocalFile implements OutputFile {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        private long position;

        LocalFile(Path path) throws IOException {
            this.channel = FileChannel.open(path, CREATE, TRUNCATE_EXISTING, READ, WRITE);
        }

        long written() {
            return position;
        }

        void abandon() throws IOException {
            channel.close();
        }

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new Output();
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return new Output();
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }

        private final class Output extends PositionOutputStream {
            @Override
            public long getPos() {
                return position;
            }

            @Override
            public void write(int b) throws IOException {
                if (!buffer.hasRemaining()) {
                    flush();
                }
                buffer.put((byte) b);
                position++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                position += length;
                if (length > buffer.remaining()) {
                    flush();
                }
                if (length > buffer.capacity()) {
                    drain(ByteBuffer.wrap(bytes, offset, length));
                } else {
                    buffer.put(bytes, offset, length);
                }
            }

            @Override
            public void flush() throws IOException {
                buffer.flip();
                drain(buffer);
                buffer.clear();
            }

            private void drain(ByteBuffer from) throws IOException {
                while (from.hasRemaining()) {
                    channel.write(from);
                }
            }

            @Override
            public void close() throws IOException {
                if (channel.isOpen()) {
                    flush();
                    ArchiveFooter.makeReproducible(channel);
                    channel.force(true);
                    channel.close();
                }
            }
        }
    }
}
