package io.jarvix.scoring;

/// Reads inline styles as far as they decide whether an element is seen.
final class InlineStyle {

    private static final String DISPLAY = "display";
    private static final String NONE = "none";

    private InlineStyle() {}

    /// Whether the last declaration of `display` says `none`.
    static boolean hides(char[] source, int begin, int end) {
        boolean hides = false;
        int i = begin;
        while (i < end) {
            i = passSpace(source, i, end);
            if (matches(source, i, end, DISPLAY)) {
                int colon = passSpace(source, i + DISPLAY.length(), end);
                if (colon < end && source[colon] == ':') {
                    int value = passSpace(source, colon + 1, end);
                    hides =
                            matches(source, value, end, NONE)
                                    && isEnd(source, value + NONE.length(), end);
                }
            }
            while (i < end && source[i] != ';') {
                i++;
            }
            i++;
        }
        return hides;
    }

    private static boolean isEnd(char[] source, int at, int end) {
        return at >= end || source[at] == ';' || source[at] == '!' || Markup.isSpace(source[at]);
    }

    private static int passSpace(char[] source, int from, int end) {
        int i = from;
        while (i < end && Markup.isSpace(source[i])) {
            i++;
        }
        return i;
    }

    private static boolean matches(char[] source, int from, int end, String word) {
        if (from + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((source[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
