package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Reads valid UTF-8, eight bytes of ASCII at once: the JDK's decoder does so only up to the first
/// character that is not ASCII, and text of most languages has one early.
@Pure
final class Utf8 {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NOT_ASCII = 0x8080808080808080L;

    private int bytes;
    private int chars;

    /// Bytes that were read: all of them, or those before the first that are malformed.
    int bytes() {
        return bytes;
    }

    /// Characters that were written.
    int chars() {
        return chars;
    }

    /// Reads from an index on.
    ///
    /// @param to has room for as many characters as there are bytes
    void read(byte[] body, int from, char[] to) {
        int in = from;
        int out = 0;
        while (in < body.length) {
            int begin = in;
            in = passAscii(body, in, to, out);
            out += in - begin;
            if (in == body.length) {
                break;
            }
            int length = sequence(body, in);
            if (length == 0) {
                break;
            }
            int codePoint = codePoint(body, in, length);
            in += length;
            if (codePoint < 0x10000) {
                to[out++] = (char) codePoint;
            } else {
                to[out++] = Character.highSurrogate(codePoint);
                to[out++] = Character.lowSurrogate(codePoint);
            }
        }
        bytes = in - from;
        chars = out;
    }

    private static int passAscii(byte[] body, int from, char[] to, int at) {
        int in = from;
        int out = at;
        while (in + 8 <= body.length) {
            long eight = (long) EIGHT_BYTES.get(body, in);
            if ((eight & NOT_ASCII) != 0) {
                break;
            }
            to[out] = (char) (eight & 0x7f);
            to[out + 1] = (char) (eight >>> 8 & 0x7f);
            to[out + 2] = (char) (eight >>> 16 & 0x7f);
            to[out + 3] = (char) (eight >>> 24 & 0x7f);
            to[out + 4] = (char) (eight >>> 32 & 0x7f);
            to[out + 5] = (char) (eight >>> 40 & 0x7f);
            to[out + 6] = (char) (eight >>> 48 & 0x7f);
            to[out + 7] = (char) (eight >>> 56);
            in += 8;
            out += 8;
        }
        while (in < body.length && body[in] >= 0) {
            to[out++] = (char) body[in++];
        }
        return in;
    }

    /// How many bytes the sequence has that begins here; 0 where it is malformed or cut (RFC 3629).
    private static int sequence(byte[] body, int at) {
        int first = body[at] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || at + length > body.length) {
            return 0;
        }
        int second = body[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((body[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int codePoint(byte[] body, int at, int length) {
        int codePoint = body[at] & 0x7f >> length;
        for (int i = 1; i < length; i++) {
            codePoint = codePoint << 6 | body[at + i] & 0x3f;
        }
        return codePoint;
    }
}
