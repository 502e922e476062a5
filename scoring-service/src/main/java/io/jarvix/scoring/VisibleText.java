package io.jarvix.scoring;

/// The text that a reader sees: white space folded to one space, `\n` where a block begins or
/// ends, nothing of either at the ends.
///
/// @param chars holds the text from 0 to `length`; may be longer, and is not to be kept
record VisibleText(char[] chars, int length) {

    private static final int SNIPPET_SIDE = 40;

    static VisibleText of(String text) {
        return new VisibleText(text.toCharArray(), text.length());
    }

    /// The length in code points.
    int codePoints() {
        return codePointsBefore(length);
    }

    /// How many code points stand before a UTF-16 index.
    int codePointsBefore(int index) {
        int pairs = 0;
        for (int i = 1; i < index; i++) {
            if (Character.isLowSurrogate(chars[i]) && Character.isHighSurrogate(chars[i - 1])) {
                pairs++;
            }
        }
        return index - pairs;
    }

    /// The text from `begin` to `end` with up to 40 characters on each side, cut at words.
    String snippet(int begin, int end) {
        int from = Math.max(0, begin - SNIPPET_SIDE);
        while (from > 0 && from < begin && !isSpace(chars[from - 1])) {
            from++;
        }
        int to = Math.min(length, end + SNIPPET_SIDE);
        while (to < length && to > end && !isSpace(chars[to])) {
            to--;
        }
        String text = new String(chars, from, to - from).replace('\n', ' ').strip();
        return (from > 0 ? "… " : "") + text + (to < length ? " …" : "");
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n';
    }
}
