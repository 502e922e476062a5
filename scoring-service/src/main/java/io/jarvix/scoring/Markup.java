package io.jarvix.scoring;

/// The smallest parts of HTML's syntax. White space and letters are those of ASCII.
final class Markup {

    private Markup() {}

    static boolean isSpace(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f');
    }

    static boolean isLetter(char c) {
        char lower = (char) (c | 0x20);
        return lower >= 'a' && lower <= 'z';
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
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

    /// As [#startsWith], where the case of ASCII's letters in the source does not matter.
    static boolean startsWithFolded(char[] source, int from, int limit, String lower) {
        if (from + lower.length() > limit) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            if (lower(source[from + i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The index behind a comment whose text begins here; `limit` where it does not end.
    static int behindComment(char[] source, int from, int limit) {
        if (startsWith(source, from, limit, ">")) {
            return from + 1;
        } else if (startsWith(source, from, limit, "->")) {
            return from + 2;
        }
        for (int i = from; i + 1 < limit; i++) {
            if (source[i] == '-' && source[i + 1] == '-') {
                if (startsWith(source, i + 2, limit, ">")) {
                    return i + 3;
                } else if (startsWith(source, i + 2, limit, "!>")) {
                    return i + 4;
                }
            }
        }
        return limit;
    }
}
