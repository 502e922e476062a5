package io.jarvix.scoring;

/// Finds where the content of an element ends whose content is text without tags: `script`,
/// `style`, `title` and their like (WHATWG HTML Standard, sections 13.2.5.9 to 13.2.5.31).
final class RawContent {

    private static final int LONGEST_NAME = 10;

    private RawContent() {}

    /// The index of the `<` of the end tag, or `limit` where there is none.
    ///
    /// @param from where the content begins
    static int end(char[] source, int from, int limit, long element) {
        boolean script = element == Elements.SCRIPT;
        boolean escaped = false;
        boolean doubleEscaped = false;
        int at = from;
        while (true) {
            at = mark(source, at, limit, escaped);
            if (at == limit) {
                return limit;
            }
            if (source[at] != '<') {
                boolean ends = Markup.startsWith(source, at, limit, "-->");
                escaped &= !ends;
                doubleEscaped &= !ends;
                at += ends ? 3 : 1;
            } else if (script && Markup.startsWith(source, at, limit, "<!--")) {
                escaped = true;
                // The dashes may be those of the end: `<!-->`.
                at += 2;
            } else if (escaped && !doubleEscaped && isTagOf(source, at + 1, limit, element)) {
                doubleEscaped = true;
                at++;
            } else if (Markup.startsWith(source, at, limit, "</")
                    && isTagOf(source, at + 2, limit, element)) {
                if (!doubleEscaped) {
                    return at;
                }
                doubleEscaped = false;
                at += 2;
            } else {
                at++;
            }
        }
    }

    /// The next character that can end the content, or be a part of what ends it: `<`, and in an
    /// escaped script `-`.
    private static int mark(char[] source, int from, int limit, boolean escaped) {
        int i = from;
        if (escaped) {
            while (i < limit && source[i] != '<' && source[i] != '-') {
                i++;
            }
        } else {
            while (i < limit && source[i] != '<') {
                i++;
            }
        }
        return i;
    }

    /// Whether a tag's name stands here, whole.
    private static boolean isTagOf(char[] source, int from, int limit, long element) {
        int i = from;
        while (i < limit && i - from <= LONGEST_NAME && Markup.isAlphanumeric(source[i])) {
            i++;
        }
        return i < limit
                && i > from
                && Markup.isTagNameEnd(source[i])
                && Names.of(source, from, i) == element;
    }
}
