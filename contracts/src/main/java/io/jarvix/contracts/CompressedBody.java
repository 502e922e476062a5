package io.jarvix.contracts;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/// A page's body as it travels through Kafka: one zstd frame (RFC 8878), compressed once by the
/// collector and opened once by each reader. Pure functions, safe from any thread.
public final class CompressedBody {

    /// Level 1: measured best in CPU per page, since each page is compressed once and carried three
    /// times.
    private static final int LEVEL = 1;

    private static final byte[] EMPTY = new byte[0];

    private CompressedBody() {}

    /// The frame of a body; an empty body has an empty frame.
    public static byte[] compress(byte[] body) {
        return body.length == 0 ? EMPTY : Zstd.compress(body, LEVEL);
    }

    /// The body of a frame.
    ///
    /// @param bodyLength the length that the record states; a frame that does not open to exactly
    ///     this is refused, so a forged frame cannot claim memory
    /// @throws UnreadableMessageException where it is no frame of such a body
    public static byte[] open(byte[] frame, int bodyLength) throws UnreadableMessageException {
        if (frame.length == 0 && bodyLength == 0) {
            return EMPTY;
        }
        long length = Zstd.getFrameContentSize(frame);
        if (length != bodyLength) {
            throw new UnreadableMessageException(
                    "the body's frame states " + length + " bytes, its record " + bodyLength);
        }
        byte[] body = new byte[bodyLength];
        try {
            Zstd.decompress(body, frame);
        } catch (ZstdException e) {
            throw new UnreadableMessageException("the body is not a whole zstd frame", e);
        }
        return body;
    }
}
