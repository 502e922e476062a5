package io.jarvix.scoring;

import java.text.Normalizer;

/// What each UTF-16 unit is for the reading of words: a letter or digit in its folded form (lower
/// case, without accents), or one of the classes below.
final class Letters {

    /// Ends a word and a phrase: punctuation, and the block boundary `\n`.
    static final char BREAK = 0;

    /// Ends a word within a phrase: white space, hyphens, apostrophes, quotation marks, symbols.
    static final char SEPARATOR = 1;

    /// Belongs to a word and is not looked at: combining marks, soft hyphen, zero-width characters.
    static final char IGNORED = 2;

    /// Is a word by itself: ideographs and kana, which are written without spaces.
    static final char IDEOGRAPH = 3;

    private static final char LAST_CLASS = 15;
    private static final char[] FOLDED = new char[Character.MAX_VALUE + 1];

    static {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            FOLDED[c] = classify((char) c);
        }
    }

    private Letters() {}

    /// The folded letter or digit, or one of the classes.
    static char fold(char c) {
        return FOLDED[c];
    }

    static boolean isLetter(char folded) {
        return folded > LAST_CLASS;
    }

    private static char classify(char c) {
        if (c >= '\u3040' && c <= '\u30ff' || Character.isIdeographic(c)) {
            return IDEOGRAPH;
        }
        if (Character.isLetterOrDigit(c)) {
            return folded(c);
        }
        int type = Character.getType(c);
        return switch (type) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> IGNORED;
            case Character.COMBINING_SPACING_MARK -> IGNORED;
            case Character.DASH_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.OTHER_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.SURROGATE ->
                    SEPARATOR;
            default -> c == '\'' || c == '"' || c == '\t' || c == '\r' ? SEPARATOR : BREAK;
        };
    }

    private static char folded(char c) {
        char lower = Character.toLowerCase(c);
        if (lower < 0x80) {
            return lower;
        }
        // Latin, Greek and Cyrillic letters with accents; elsewhere a mark can be half of the
        // letter.
        if (lower < 0x0500 || lower >= 0x1e00 && lower < 0x2000) {
            return Normalizer.normalize(String.valueOf(lower), Normalizer.Form.NFD).charAt(0);
        }
        return lower;
    }
}
