package io.jarvix.pdf;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes any string printable, and notes which typefaces it needs. What comes out has no control
/// or invisible formatting characters, no unpaired surrogates, no white space but single blanks,
/// and no character without a glyph: a run of those becomes a note in brackets that names their
/// script and number. One instance per report.
final class PrintableText {

    private static final String ELLIPSIS = "…";
    private static final int LAST_OF_ASCII = 0x7E;

    private final Messages messages;
    private final EnumSet<Typeface> typefaces = EnumSet.of(Typeface.SANS, Typeface.SANS_BOLD);
    private boolean rightToLeft;

    PrintableText(Messages messages) {
        this.messages = messages;
    }

    /// The typefaces that the texts so far need.
    Set<Typeface> typefaces() {
        return typefaces;
    }

    /// Whether a text so far has letters that are read from right to left.
    boolean hasRightToLeft() {
        return rightToLeft;
    }

    /// The printable form of a text.
    ///
    /// @param limit the most characters that a reader sees; what is over becomes an ellipsis
    String of(@Nullable String raw, int limit) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        String text = isPlain(raw) ? raw : printable(cut(raw, 4 * limit));
        return shortened(text, limit);
    }

    private static boolean isPlain(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > LAST_OF_ASCII || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    /// Bounds the work on a text of any length before its characters are looked at.
    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit);
    }

    private String printable(String raw) {
        String text = Normalizer.normalize(raw, Normalizer.Form.NFC);
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (isBlank(c)) {
                if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
                i += Character.charCount(c);
            } else if (isInvisible(c)) {
                i += Character.charCount(c);
            } else if (note(c)) {
                out.appendCodePoint(c);
                i += Character.charCount(c);
            } else {
                String plain = plain(c);
                i = plain.isEmpty() ? appendNote(text, i, out) : i + Character.charCount(c);
                out.append(plain);
            }
        }
        return out.toString().strip();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c);
    }

    /// Format characters steer other software's layout: joiners, variation selectors, and the
    /// direction overrides with which a title can pretend to be another one.
    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default ->
                    (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || isSkinTone(c);
        };
    }

    private static boolean isSkinTone(int c) {
        return c >= 0x1F3FB && c <= 0x1F3FF;
    }

    /// Notes the typeface of a character; false where none has it.
    private boolean note(int c) {
        if (Typeface.SANS.covers(c)) {
            return true;
        }
        for (Typeface typeface : Typeface.values()) {
            if (typeface.covers(c)) {
                typefaces.add(typeface);
                rightToLeft |= isRightToLeft(c);
                return true;
            }
        }
        return false;
    }

    /// What a character without a glyph stands for by its compatibility mapping, such as the letter
    /// that a mathematical letter is a variant of; empty where that has no glyphs either.
    private String plain(int c) {
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        return plain.codePoints().allMatch(this::note) ? plain : "";
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    private int appendNote(String text, int from, StringBuilder out) {
        Character.UnicodeScript script = Character.UnicodeScript.of(text.codePointAt(from));
        int count = 0;
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (!isInvisible(c) && (isBlank(c) || note(c) || !plain(c).isEmpty())) {
                break;
            }
            count++;
            i += Character.charCount(c);
        }
        out.append(messages.text("uncovered", count, nameOf(script)));
        return i;
    }

    private String nameOf(Character.UnicodeScript script) {
        return switch (script) {
            case COMMON, INHERITED, UNKNOWN -> "none";
            default ->
                    script.name().charAt(0) + script.name().substring(1).toLowerCase(Locale.ROOT);
        };
    }

    private static String shortened(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = characters.preceding(limit);
        return text.substring(0, Math.max(end, 0)).stripTrailing() + ELLIPSIS;
    }
}
