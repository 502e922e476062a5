package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/// Turns a body into characters. The charset is that of the byte order mark, else of the HTTP
/// header, else of the page's own declaration (in its first 4,096 bytes), as browsers do; without
/// any of these UTF-8 where the bytes are valid UTF-8, else what their statistics say (Mozilla's
/// detector), else windows-1252. Not for use by two threads at once.
final class TextDecoder {

    private static final int PRESCAN = 4_096;
    private static final int DETECTED = 64 * 1024;

    /// So many characters in a thousand may be broken without the charset being called wrong: one
    /// stray byte does not make a page unreadable.
    private static final int TOLERATED_PER_THOUSAND = 1;

    private final Utf8 utf8 = new Utf8();
    private char[] chars = new char[0];
    private int length;

    /// What a body was read with.
    ///
    /// @param fits whether the bytes are valid in the charset that was declared
    record Decoded(String charset, boolean fits) {}

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /// Reads a body into [#chars].
    ///
    /// @param header the label of the HTTP header, absent where it has none
    /// @param truncated whether the body may end within a character
    Decoded decode(byte[] body, @Nullable String header, boolean truncated) {
        int mark = 0;
        @Nullable Charset declared = null;
        if (startsWith(body, 0xef, 0xbb, 0xbf)) {
            mark = 3;
            declared = UTF_8;
        } else if (startsWith(body, 0xfe, 0xff)) {
            mark = 2;
            declared = UTF_16BE;
        } else if (startsWith(body, 0xff, 0xfe)) {
            mark = 2;
            declared = UTF_16LE;
        }
        if (declared == null) {
            declared = Charsets.of(header);
        }
        if (declared == null) {
            declared = ofDeclaration(body);
        }
        Charset charset = declared == null ? UTF_8 : declared;
        int malformed = read(body, mark, charset, truncated);
        if (declared == null && malformed > 0) {
            charset = detected(body);
            read(body, mark, charset, truncated);
            malformed = 0;
        }
        boolean fits =
                malformed * 1000L <= (long) length * TOLERATED_PER_THOUSAND
                        && !(declared != null && isUtf8ReadAsBytes(body, charset));
        return new Decoded(charset.name(), fits);
    }

    /// How many malformed sequences there were; each became U+FFFD.
    private int read(byte[] body, int from, Charset charset, boolean truncated) {
        CharsetDecoder decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        int capacity =
                (int) Math.ceil((body.length - from) * (double) decoder.maxCharsPerByte()) + 1;
        if (chars.length < capacity) {
            chars = new char[capacity];
        }
        int begin = from;
        length = 0;
        if (charset.equals(UTF_8)) {
            utf8.read(body, from, chars);
            begin += utf8.bytes();
            length = utf8.chars();
        }
        return begin == body.length ? 0 : read(body, begin, decoder, truncated);
    }

    /// Adds to what was read already.
    private int read(byte[] body, int from, CharsetDecoder decoder, boolean truncated) {
        ByteBuffer in = ByteBuffer.wrap(body, from, body.length - from);
        CharBuffer out = CharBuffer.wrap(chars).position(length);
        int malformed = 0;
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                break;
            }
            boolean cut = truncated && in.remaining() <= 4 && result.length() >= in.remaining();
            out.put('\ufffd');
            in.position(in.position() + result.length());
            malformed += cut ? 0 : 1;
        }
        decoder.flush(out);
        length = out.position();
        return malformed;
    }

    /// Text in UTF-8 that declares a charset of one byte a character: its reader sees two or three
    /// wrong characters for each.
    private static boolean isUtf8ReadAsBytes(byte[] body, Charset charset) {
        if (charset.equals(UTF_8) || charset.newDecoder().maxCharsPerByte() != 1.0f) {
            return false;
        }
        boolean oneByte =
                charset.name().startsWith("windows-125") || charset.name().startsWith("ISO-8859");
        return oneByte && hasOnlyValidSequences(body);
    }

    /// Whether there is a character beyond ASCII, and every one is valid UTF-8.
    private static boolean hasOnlyValidSequences(byte[] body) {
        int first = 0;
        while (first < body.length && body[first] >= 0) {
            first++;
        }
        if (first == body.length) {
            return false;
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(body, first, body.length - first));
            return true;
        } catch (java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static Charset detected(byte[] body) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(body, 0, Math.min(body.length, DETECTED));
        detector.dataEnd();
        @Nullable Charset charset = Charsets.of(detector.getDetectedCharset());
        return charset == null || charset.equals(UTF_8) ? Charsets.WINDOWS_1252 : charset;
    }

    /// The charset of a `meta` or XML declaration. One that says UTF-16 cannot be read at all if it
    /// is true, so it means UTF-8 (HTML Standard, section 13.2.3.2).
    private static @Nullable Charset ofDeclaration(byte[] body) {
        String head =
                new String(body, 0, Math.min(body.length, PRESCAN), ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
        if (head.startsWith("<?xml")) {
            int end = head.indexOf("?>");
            @Nullable Charset charset =
                    Charsets.of(valueOf(head.substring(0, Math.max(0, end)), "encoding"));
            if (charset != null) {
                return readable(charset);
            }
        }
        int at = 0;
        int comment = head.indexOf("<!--");
        while (true) {
            int meta = head.indexOf("<meta", at);
            if (meta < 0) {
                return null;
            }
            if (comment >= 0 && comment < at) {
                comment = head.indexOf("<!--", at);
            }
            if (comment >= 0 && comment < meta) {
                int end = head.indexOf("-->", comment);
                at = end < 0 ? head.length() : end + 3;
                continue;
            }
            int end = head.indexOf('>', meta);
            at = end < 0 ? head.length() : end + 1;
            @Nullable Charset charset = Charsets.of(valueOf(head.substring(meta, at), "charset"));
            if (charset != null) {
                return readable(charset);
            }
        }
    }

    private static Charset readable(Charset charset) {
        return charset.equals(UTF_16LE) || charset.equals(UTF_16BE) ? UTF_8 : charset;
    }

    /// What follows `name =` in a tag, to the next quotation mark, semicolon, space or end.
    private static @Nullable String valueOf(String tag, String name) {
        int at = tag.indexOf(name);
        if (at < 0) {
            return null;
        }
        int i = passSpace(tag, at + name.length());
        if (i >= tag.length() || tag.charAt(i) != '=') {
            return null;
        }
        i = passSpace(tag, i + 1);
        if (i < tag.length() && (tag.charAt(i) == '"' || tag.charAt(i) == '\'')) {
            i++;
        }
        int begin = passSpace(tag, i);
        int end = begin;
        while (end < tag.length() && "\"'; \t\r\n\f/>".indexOf(tag.charAt(end)) < 0) {
            end++;
        }
        return tag.substring(begin, end);
    }

    private static int passSpace(String text, int from) {
        int i = from;
        while (i < text.length() && Markup.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean startsWith(byte[] body, int... bytes) {
        if (body.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((body[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
