package io.jarvix.gateway;

import io.jarvix.contracts.CompressedBody;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/// Scores as a Parquet file that goes out while it is written. A row group is in memory at a time,
/// whatever the number of rows. Without [#finish] there is no footer, so a reader refuses what
/// broke off. Thread rule: one thread.
final class ParquetStream {

    private static final long ROW_GROUP_BYTES = 4L * 1024 * 1024;
    private static final int PAGE_BYTES = 128 * 1024;

    private final ParquetWriter<Views.ScoreRow> writer;

    /// @param out stays open
    ParquetStream(OutputStream out) throws IOException {
        Builder builder =
                new Builder(new Output(out))
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new Zstd())
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .withRowGroupSize(ROW_GROUP_BYTES)
                        .withPageSize(PAGE_BYTES)
                        .withValidation(false);
        for (String unique : new String[] {"url", "urlId", "finalUrl", "title"}) {
            builder.withDictionaryEncoding(unique, false);
        }
        writer = builder.build();
    }

    void add(Views.ScoreRow row) throws IOException {
        writer.write(row);
    }

    /// Writes what is left, and the footer.
    void finish() throws IOException {
        writer.close();
    }

    private static final class Builder extends ParquetWriter.Builder<Views.ScoreRow, Builder> {
        Builder(OutputFile file) {
            super(file);
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Views.ScoreRow> getWriteSupport(Configuration configuration) {
            return new ParquetRows();
        }

        @Override
        protected WriteSupport<Views.ScoreRow> getWriteSupport(ParquetConfiguration configuration) {
            return new ParquetRows();
        }
    }

    /// A "file" that is only ever appended to, which is all that the format asks for.
    private record Output(OutputStream out) implements OutputFile {

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new Counted(out);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }

    private static final class Counted extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }
    }

    /// Compresses pages without Hadoop's codecs.
    private static final class Zstd
            implements CompressionCodecFactory, CompressionCodecFactory.BytesInputCompressor {

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return this;
        }

        /// The reading half of parquet-java's interface, which a writer is never asked for.
        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("it is only written");
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(CompressedBody.compress(page.toByteArray()));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }
}
