package io.jarvix.scoring;

/// The classes of characters that HTML's syntax knows. White space and letters are those of ASCII.
final class Markup {

    private Markup() {}

    static boolean isSpace(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f');
    }

    static boolean isLetter(char c) {
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isAlphanumeric(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    static boolean isTagNameEnd(char c) {
        return c == '>' || c == '/' || isSpace(c);
    }

    static boolean startsWith(char[] source, int from, int limit, String text) {
        if (from + text.length() > limit) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (source[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
