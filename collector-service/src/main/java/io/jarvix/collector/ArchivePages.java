package io.jarvix.collector;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// Compresses Parquet pages without Hadoop's codecs. Writes only: nothing here reads the archive.
/// Thread rule: one thread.
final class ArchivePages implements CompressionCodecFactory {

    private static final int ZSTD_LEVEL = 1;

    private final BytesInputCompressor compressor;

    ArchivePages(ArchiveCodec codec) {
        this.compressor =
                switch (codec) {
                    case ZSTD -> new Zstd();
                    case GZIP -> new Gzip();
                    case SNAPPY -> new SnappyPages();
                };
    }

    CompressionCodecName name() {
        return compressor.getCodecName();
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != name()) {
            throw new IllegalArgumentException("asked for " + codec + ", made for " + name());
        }
        return compressor;
    }

    /// The reading half of parquet-java's interface, which a writer is never asked for.
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the archive is only written");
    }

    @Override
    public void release() {
        compressor.release();
    }

    private static final class Zstd implements BytesInputCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
        private byte[] buffer = new byte[0];

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            byte[] plain = page.toByteArray();
            int bound = (int) com.github.luben.zstd.Zstd.compressBound(plain.length);
            if (buffer.length < bound) {
                buffer = new byte[bound];
            }
            int length = context.compressByteArray(buffer, 0, bound, plain, 0, plain.length);
            return BytesInput.from(Arrays.copyOf(buffer, length));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            context.close();
        }
    }

    private static final class Gzip implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) page.size() / 3 + 64);
            try (GZIPOutputStream gzip = new GZIPOutputStream(out, 64 * 1024)) {
                page.writeAllTo(gzip);
            }
            return BytesInput.from(out.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.GZIP;
        }

        @Override
        public void release() {}
    }

    private static final class SnappyPages implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(ByteBuffer.wrap(Snappy.compress(page.toByteArray())));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }

        @Override
        public void release() {}
    }
}
