package io.jarvix.scoring;

/// The text that a reader sees: white space folded to one space, `\n` where a block begins or
/// ends, nothing of either at the ends.
///
/// @param chars holds the text from 0 to `length`; may be longer, and is not to be kept
record VisibleText(char[] chars, int length) {

    private static final int SNIPPET_SIDE = 40;

    /// Characters of a phrase that a snippet shows: between its words there may be any number of
    /// dashes.
    private static final int SNIPPET_MIDDLE = 160;

    static VisibleText of(String text) {
        return new VisibleText(text.toCharArray(), text.length());
    }

    /// The length in code points.
    int codePoints() {
        return codePoints(0, length);
    }

    /// How many code points begin from one UTF-16 index to another, which is not within a pair.
    int codePoints(int begin, int end) {
        int pairs = 0;
        for (int i = begin + 1; i < end; i++) {
            if (Character.isLowSurrogate(chars[i]) && Character.isHighSurrogate(chars[i - 1])) {
                pairs++;
            }
        }
        return end - begin - pairs;
    }

    /// The text from `begin` to `end` with up to 40 characters on each side, cut at words; what is
    /// longer than 160 characters is cut to them.
    String snippet(int begin, int phraseEnd) {
        int end = Math.min(phraseEnd, begin + SNIPPET_MIDDLE);
        if (end < phraseEnd && Character.isHighSurrogate(chars[end - 1])) {
            end--;
        }
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
