package io.jarvix.scoring;

import org.jspecify.annotations.Nullable;

/// Collects text as a reader sees it: white space folded, character references read, characters
/// without a width left out, `\n` at block boundaries. Not for use by two threads at once.
final class TextSink {

    private static final char NOTHING = 0;
    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char SOFT_HYPHEN = '\u00ad';
    private static final char ZERO_WIDTH_SPACE = '\u200b';

    private final Entities entities = new Entities();
    private char[] chars = new char[0];
    private int length;
    private char pending;

    /// Begins an empty text.
    ///
    /// @param capacity characters of the source: the text is never longer
    void begin(int capacity) {
        if (chars.length < capacity) {
            chars = new char[capacity];
        }
        length = 0;
        pending = NOTHING;
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /// Where the next character will stand.
    int next() {
        return length == 0 || pending == NOTHING ? length : length + 1;
    }

    String text() {
        return new String(chars, 0, length);
    }

    void space() {
        if (pending == NOTHING) {
            pending = ' ';
        }
    }

    void boundary() {
        pending = '\n';
    }

    /// Adds a piece of the source as it is.
    void raw(char[] source, int begin, int end) {
        for (int i = begin; i < end; i++) {
            add(source[i]);
        }
    }

    /// Adds a piece of the source with its character references read.
    void escaped(char[] source, int begin, int end, boolean attribute) {
        int i = begin;
        while (i < end) {
            char c = source[i];
            if (c == '&') {
                i = reference(source, i, end, attribute);
            } else if (c > ' ' && isPlain(c)) {
                i = run(source, i, end);
            } else {
                add(c);
                i++;
            }
        }
    }

    /// Adds a run of words; returns where it ends. What takes most of the time of reading a page:
    /// spaces between words are no branches here, since no processor foresees them.
    private int run(char[] source, int begin, int end) {
        flush();
        char[] to = chars;
        int at = length;
        int i = begin;
        int afterSpace = 0;
        while (i < end) {
            char c = source[i];
            if (!isPlain(c)) {
                break;
            }
            int space = (c ^ ' ') - 1 >>> 31;
            to[at] = c;
            at += 1 - (space & afterSpace);
            afterSpace = space;
            i++;
        }
        if (afterSpace != 0) {
            at--;
            pending = ' ';
        }
        length = at;
        return i;
    }

    /// Whether a character stands for itself, or is a space.
    private static boolean isPlain(char c) {
        return c >= ' '
                && c != '&'
                && (c < NO_BREAK_SPACE
                        || c != NO_BREAK_SPACE && c != SOFT_HYPHEN && c != ZERO_WIDTH_SPACE);
    }

    private int reference(char[] source, int at, int end, boolean attribute) {
        @Nullable String text = entities.read(source, at, end, attribute);
        if (text == null) {
            add('&');
            return at + 1;
        }
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return entities.end();
    }

    private void add(char c) {
        if (c <= ' ') {
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f') {
                space();
                return;
            } else if (c == 0) {
                return;
            }
        } else if (c == NO_BREAK_SPACE) {
            space();
            return;
        } else if (c == SOFT_HYPHEN || c == ZERO_WIDTH_SPACE) {
            return;
        }
        flush();
        chars[length++] = c;
    }

    private void flush() {
        if (pending != NOTHING) {
            if (length > 0) {
                chars[length++] = pending;
            }
            pending = NOTHING;
        }
    }
}
