package io.jarvix.collector;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Undoes a body's content-encoding (RFC 9110, section 8.4), streaming and never beyond the cap: a
/// bomb costs as much as a page of the cap's size. Pure; safe from any thread.
final class BodyDecoder {

    /// What the collector asks servers for.
    static final String ACCEPTED = accepted();

    /// More encodings on top of each other than this are refused.
    private static final int MAX_ENCODINGS = 3;

    /// RFC 9659: a window of at most 8 MiB.
    private static final int ZSTD_WINDOW_LOG = 23;

    private BodyDecoder() {}

    /// @param bytes the page's bytes
    /// @param cut there were more
    record Decoded(byte[] bytes, boolean cut) {}

    /// The content-encoding is unknown, or the body is not of it.
    static final class NotDecodable extends Exception {
        private static final long serialVersionUID = 1L;

        NotDecodable(String message) {
            super(message, null, false, false);
        }
    }

    /// Undoes the encodings.
    ///
    /// @param contentEncoding the header's value, empty for none
    /// @param cut the wire's bytes are not all: their end may be missing
    /// @param cap the most bytes that are returned
    static Decoded decode(String contentEncoding, byte[] wire, boolean cut, int cap)
            throws NotDecodable {
        List<String> encodings = encodingsOf(contentEncoding);
        if (encodings.isEmpty() || wire.length == 0) {
            return new Decoded(wire, cut);
        }
        try (InputStream in = open(encodings, wire)) {
            return read(in, wire.length, cut, cap);
        } catch (IOException e) {
            throw new NotDecodable(
                    "The body is not valid " + contentEncoding + ": " + e.getMessage());
        }
    }

    private static Decoded read(InputStream in, int wireLength, boolean cut, int cap)
            throws IOException {
        byte[] bytes = new byte[Math.min(cap, Math.max(4096, wireLength * 5))];
        int length = 0;
        try {
            while (true) {
                if (length == bytes.length) {
                    if (length == cap) {
                        return new Decoded(bytes, cut || in.read() >= 0);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(cap, bytes.length * 2L));
                }
                int count = in.read(bytes, length, bytes.length - length);
                if (count < 0) {
                    break;
                }
                length += count;
            }
        } catch (IOException e) {
            if (!cut) {
                throw e;
            }
        }
        return new Decoded(Arrays.copyOf(bytes, length), cut);
    }

    private static List<String> encodingsOf(String header) throws NotDecodable {
        List<String> encodings = new ArrayList<>(1);
        for (String part : header.split(",")) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals("identity")) {
                encodings.add(name);
            }
        }
        if (encodings.size() > MAX_ENCODINGS) {
            throw new NotDecodable("More than " + MAX_ENCODINGS + " content-encodings: " + header);
        }
        return encodings;
    }

    /// The last encoding was applied last and is undone first.
    private static InputStream open(List<String> encodings, byte[] wire)
            throws IOException, NotDecodable {
        InputStream in = new ByteArrayInputStream(wire);
        for (String encoding : encodings.reversed()) {
            in =
                    switch (encoding) {
                        case "gzip", "x-gzip" -> new GZIPInputStream(in, 8 * 1024);
                        case "deflate" -> deflate(in);
                        case "br" -> brotli(in);
                        case "zstd" ->
                                new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
                        default ->
                                throw new NotDecodable(
                                        "The content-encoding " + encoding + " is not known.");
                    };
        }
        return in;
    }

    /// "deflate" means zlib (RFC 9110, section 8.4.1.2); some servers send the bare stream.
    private static InputStream deflate(InputStream in) throws IOException {
        InputStream marked = in.markSupported() ? in : new java.io.BufferedInputStream(in);
        marked.mark(2);
        int first = marked.read();
        int second = marked.read();
        marked.reset();
        if (second < 0) {
            throw new EOFException("two bytes are no stream");
        }
        boolean zlib = (first & 0x0F) == 8 && (first * 256 + second) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(marked, inflater, 8 * 1024) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }

    private static InputStream brotli(InputStream in) throws IOException, NotDecodable {
        if (!Brotli4jLoader.isAvailable()) {
            throw new NotDecodable("The content-encoding br is not known on this platform.");
        }
        return new BrotliInputStream(in, 8 * 1024);
    }

    private static String accepted() {
        return Brotli4jLoader.isAvailable() ? "gzip, deflate, br, zstd" : "gzip, deflate, zstd";
    }
}
