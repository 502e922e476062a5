package io.jarvix.gateway;

/// Text that PostgreSQL can hold: it has no NUL, and no half of a surrogate pair.
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(
                        c ->
                                c == 0
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)
                                        ? REPLACEMENT
                                        : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
