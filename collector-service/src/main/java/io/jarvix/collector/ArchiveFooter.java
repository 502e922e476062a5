package io.jarvix.collector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/// parquet-hadoop lists a column's encodings in the order of a hash set of enum constants, which is
/// another one in each JVM. In a fixed order the same rows give the same bytes, whoever writes
/// them.
final class ArchiveFooter {

    private static final int TAIL = 8;

    private ArchiveFooter() {}

    /// Rewrites the footer in place; its length and all offsets stay.
    ///
    /// @param channel of a whole Parquet file, open for reading and writing
    static void makeReproducible(FileChannel channel) throws IOException {
        ByteBuffer tail = read(channel, channel.size() - TAIL, TAIL);
        int length = tail.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        long start = channel.size() - TAIL - length;
        FileMetaData footer =
                Util.readFileMetaData(
                        new ByteArrayInputStream(read(channel, start, length).array()));
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                sort(chunk.getMeta_data());
            }
        }
        ByteArrayOutputStream sorted = new ByteArrayOutputStream(length);
        Util.writeFileMetaData(footer, sorted);
        if (sorted.size() != length) {
            throw new IOException("the footer changed its length");
        }
        ByteBuffer bytes = ByteBuffer.wrap(sorted.toByteArray());
        while (bytes.hasRemaining()) {
            channel.write(bytes, start + bytes.position());
        }
    }

    private static void sort(ColumnMetaData column) {
        List<Encoding> encodings = new ArrayList<>(column.getEncodings());
        encodings.sort(Comparator.comparingInt(Encoding::getValue));
        column.setEncodings(encodings);
        if (column.isSetEncoding_stats()) {
            List<PageEncodingStats> stats = new ArrayList<>(column.getEncoding_stats());
            stats.sort(
                    Comparator.comparingInt((PageEncodingStats s) -> s.getPage_type().getValue())
                            .thenComparingInt(s -> s.getEncoding().getValue()));
            column.setEncoding_stats(stats);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file ends before its footer");
            }
        }
        return bytes;
    }
}
