package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// What the [HostileOrigin] says, by path. Its bombs are made once and small.
final class HostileAnswers {

    private static final byte[] MEBIBYTE = new byte[1024 * 1024];
    private static final int BOMB_MEBIBYTES = 64;

    private enum Encoding {
        GZIP {
            @Override
            OutputStream over(OutputStream out) throws IOException {
                return new GZIPOutputStream(out);
            }
        },
        DEFLATE {
            @Override
            OutputStream over(OutputStream out) {
                return new DeflaterOutputStream(out);
            }
        },
        BARE_DEFLATE {
            @Override
            OutputStream over(OutputStream out) {
                return new DeflaterOutputStream(
                        out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
            }
        },
        BROTLI {
            @Override
            OutputStream over(OutputStream out) throws IOException {
                Brotli4jLoader.ensureAvailability();
                return new BrotliOutputStream(out);
            }
        },
        ZSTD {
            @Override
            OutputStream over(OutputStream out) throws IOException {
                return new ZstdOutputStreamNoFinalizer(out);
            }
        };

        abstract OutputStream over(OutputStream out) throws IOException;

        byte[] of(byte[] plain) {
            return encoded(out -> out.write(plain));
        }

        byte[] bomb() {
            return encoded(
                    out -> {
                        for (int i = 0; i < BOMB_MEBIBYTES; i++) {
                            out.write(MEBIBYTE);
                        }
                    });
        }

        private interface Body {
            void writeTo(OutputStream out) throws IOException;
        }

        private byte[] encoded(Body body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = over(bytes)) {
                body.writeTo(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    /// Bombs are made when the first one is asked for.
    private static final class Bombs {
        private static final byte[] DEFLATE = Encoding.DEFLATE.bomb();
        private static final byte[] GZIP = Encoding.GZIP.bomb();
        private static final byte[] NESTED = Encoding.GZIP.of(DEFLATE);
        private static final byte[] BROTLI = Encoding.BROTLI.bomb();
        private static final byte[] ZSTD = Encoding.ZSTD.bomb();
        private static final byte[] NOISE = noise();

        private static byte[] noise() {
            byte[] noise = new byte[6 * MEBIBYTE.length];
            new Random(7).nextBytes(noise);
            return noise;
        }
    }

    private HostileAnswers() {}

    /// @return whether the connection goes on
    static boolean answer(String path, int count, OutputStream out, CountDownLatch closed)
            throws IOException, InterruptedException {
        return usual(path, count, out)
                || redirecting(path, out)
                || encoded(path, out)
                || broken(path, out)
                || without(path, count, out, closed);
    }

    private static boolean usual(String path, int count, OutputStream out) throws IOException {
        switch (path) {
            case "/robots.txt" -> page(out, "200 OK", "", "User-agent: *\nAllow: /\n");
            case "/page" -> page(out, "200 OK", "Content-Type: text/html\r\n", "<p>page</p>");
            case "/503-then-200" ->
                    page(out, count == 1 ? "503 Busy" : "200 OK", "Retry-After: 1\r\n", "late");
            case "/500-then-200" -> page(out, count == 1 ? "500 Oops" : "200 OK", "", "late");
            case "/204" -> text(out, "HTTP/1.1 204 No Content\r\n\r\n");
            case "/304" -> text(out, "HTTP/1.1 304 Not Modified\r\n\r\n");
            case "/continue" -> {
                text(out, "HTTP/1.1 100 Continue\r\n\r\n");
                page(out, "200 OK", "", "went on");
            }
            case "/charset" ->
                    page(
                            out,
                            "200 OK",
                            "Content-Type: text/html; charset=\"klingon\"\r\n",
                            "Qapla'");
            default -> {
                if (!path.startsWith("/status/")) {
                    return false;
                }
                page(out, path.substring("/status/".length()) + " Status", "", "<p>so</p>");
            }
        }
        return true;
    }

    private static boolean redirecting(String path, OutputStream out) throws IOException {
        switch (path) {
            case "/loop" -> redirect(out, "/loop2");
            case "/loop2" -> redirect(out, "/loop");
            case "/to-private" -> redirect(out, "http://169.254.169.254/latest/meta-data/");
            case "/to-file" -> redirect(out, "file:///etc/passwd");
            case "/to-nowhere" -> redirect(out, "");
            case "/to-garbage" -> redirect(out, "http://[oops");
            case "/to-credentials" -> redirect(out, "http://user:secret@127.77.0.1/");
            case "/to-utf8" -> redirect(out, "/p\u00C3\u00A1gina");
            case "/to-page" -> redirect(out, "page");
            default -> {
                if (!path.startsWith("/hop/")) {
                    return false;
                }
                redirect(out, "/hop/" + (Integer.parseInt(path.substring(5)) + 1));
            }
        }
        return true;
    }

    private static boolean encoded(String path, OutputStream out) throws IOException {
        byte[] plain = "zipped".getBytes(UTF_8);
        switch (path) {
            case "/gzip" -> encoded(out, "gzip", Encoding.GZIP.of(plain));
            case "/deflate" -> encoded(out, "deflate", Encoding.DEFLATE.of(plain));
            case "/bare-deflate" -> encoded(out, "deflate", Encoding.BARE_DEFLATE.of(plain));
            case "/brotli" -> encoded(out, "br", Encoding.BROTLI.of(plain));
            case "/zstd" -> encoded(out, "zstd", Encoding.ZSTD.of(plain));
            case "/gzip-in-brotli" ->
                    encoded(out, "gzip, br", Encoding.BROTLI.of(Encoding.GZIP.of(plain)));
            case "/gzip-bomb" -> encoded(out, "gzip", Bombs.GZIP);
            case "/nested-bomb" -> encoded(out, "deflate, gzip", Bombs.NESTED);
            case "/brotli-bomb" -> encoded(out, "br", Bombs.BROTLI);
            case "/zstd-bomb" -> encoded(out, "zstd", Bombs.ZSTD);
            case "/not-gzip" -> encoded(out, "gzip", "plain".getBytes(UTF_8));
            case "/unknown-encoding" -> encoded(out, "snake", "ssss".getBytes(UTF_8));
            case "/too-many-encodings" ->
                    encoded(out, "gzip, gzip, gzip, gzip", Encoding.GZIP.of(plain));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean broken(String path, OutputStream out) throws IOException {
        switch (path) {
            case "/too-long" ->
                    text(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more");
            case "/header-flood" -> headerFlood(out);
            case "/long-status-line" ->
                    text(out, "HTTP/1.1 200 " + "O".repeat(100_000) + "\r\n\r\n");
            case "/not-http" -> text(out, "SSH-2.0-OpenSSH_9.9\r\n\r\n");
            case "/bad-length" -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nmany");
            case "/negative-length" ->
                    text(out, "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\nfour");
            case "/two-lengths" ->
                    text(
                            out,
                            "HTTP/1.1 200 OK\r\n"
                                    + "Content-Length: 4\r\n"
                                    + "Content-Length: 8\r\n\r\n"
                                    + "four");
            case "/bad-chunk" ->
                    text(
                            out,
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nfour\r\n");
            default -> {
                if (!path.startsWith("/noise/")) {
                    return false;
                }
                text(out, "HTTP/1.1 200 OK\r\nContent-Length: " + Bombs.NOISE.length + "\r\n\r\n");
                out.write(Bombs.NOISE);
            }
        }
        return true;
    }

    /// Answers without an end, and those after which the connection ends.
    private static boolean without(String path, int count, OutputStream out, CountDownLatch closed)
            throws IOException, InterruptedException {
        switch (path) {
            case "/silent" -> closed.await();
            case "/slow-headers" -> drip(out, "HTTP/1.1 200 OK\r\nX-A: ", closed);
            case "/slow-body" ->
                    drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", closed);
            case "/endless" -> endless(out);
            case "/50mb" -> {
                large(out, 50);
                return true;
            }
            case "/http10" -> text(out, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold");
            case "/cut" -> text(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
            case "/cut-chunked" ->
                    text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nonly");
            case "/cut-in-headers" -> text(out, "HTTP/1.1 200 OK\r\nContent-Ty");
            case "/reset-always" -> {}
            case "/reset-once" -> {
                if (count > 1) {
                    page(out, "200 OK", "", "late");
                    return true;
                }
            }
            default -> {
                page(out, "200 OK", "", path);
                return true;
            }
        }
        return false;
    }

    /// Says it and goes on.
    static HostileOrigin.Answer saying(String status, String headers, String body) {
        return (out, count) -> {
            page(out, status, headers, body);
            return true;
        };
    }

    /// Redirects there.
    static HostileOrigin.Answer redirectingTo(String location) {
        return (out, count) -> {
            redirect(out, location);
            return true;
        };
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    private static void page(OutputStream out, String status, String headers, String body)
            throws IOException {
        text(
                out,
                "HTTP/1.1 "
                        + status
                        + "\r\n"
                        + headers
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    private static void redirect(OutputStream out, String location) throws IOException {
        text(out, "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    private static void encoded(OutputStream out, String encoding, byte[] body) throws IOException {
        text(
                out,
                "HTTP/1.1 200 OK\r\nContent-Encoding: "
                        + encoding
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n");
        out.write(body);
    }

    private static void drip(OutputStream out, String begin, CountDownLatch closed)
            throws IOException, InterruptedException {
        text(out, begin);
        do {
            out.write('x');
            out.flush();
        } while (!closed.await(50, TimeUnit.MILLISECONDS));
    }

    private static void endless(OutputStream out) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (true) {
            text(out, "100000\r\n");
            out.write(MEBIBYTE);
            text(out, "\r\n");
        }
    }

    private static void large(OutputStream out, int mebibytes) throws IOException {
        text(
                out,
                "HTTP/1.1 200 OK\r\nContent-Length: "
                        + mebibytes * (long) MEBIBYTE.length
                        + "\r\n\r\n");
        for (int i = 0; i < mebibytes; i++) {
            out.write(MEBIBYTE);
        }
    }

    private static void headerFlood(OutputStream out) throws IOException {
        text(out, "HTTP/1.1 200 OK\r\n");
        String value = "x".repeat(1000);
        for (int i = 0; i < 10_000; i++) {
            text(out, "X-Flood-" + i + ": " + value + "\r\n");
        }
        text(out, "\r\n");
    }
}
