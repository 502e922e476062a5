package io.jarvix.scoring;

import java.util.Map;

/// The attributes of one tag that somebody asks for, as places in the source; the first of a name
/// counts. Not for use by two threads at once.
final class Attributes {

    static final int HIDDEN = 0;
    static final int STYLE = 1;
    static final int HREF = 2;
    static final int REL = 3;
    static final int SRC = 4;
    static final int NAME = 5;
    static final int CONTENT = 6;
    static final int HTTP_EQUIV = 7;
    static final int LANG = 8;
    static final int XML_LANG = 9;
    static final int TYPE = 10;
    static final int ALT = 11;
    static final int ACTION = 12;
    static final int VALUE = 13;

    private static final Names.Table NUMBERS =
            new Names.Table(
                    Map.ofEntries(
                            Map.entry("hidden", HIDDEN),
                            Map.entry("style", STYLE),
                            Map.entry("href", HREF),
                            Map.entry("rel", REL),
                            Map.entry("src", SRC),
                            Map.entry("name", NAME),
                            Map.entry("content", CONTENT),
                            Map.entry("http-equiv", HTTP_EQUIV),
                            Map.entry("lang", LANG),
                            Map.entry("xml:lang", XML_LANG),
                            Map.entry("type", TYPE),
                            Map.entry("alt", ALT),
                            Map.entry("action", ACTION),
                            Map.entry("value", VALUE)));

    private final int[] begins = new int[16];
    private final int[] ends = new int[16];
    private char[] source = new char[0];
    private int present;

    /// Begins a document.
    void begin(char[] chars) {
        source = chars;
        present = 0;
    }

    /// Begins a tag.
    void clear() {
        present = 0;
    }

    void add(long attributeName, int valueBegin, int valueEnd) {
        int number = NUMBERS.get(attributeName);
        if (number >= 0 && (present >> number & 1) == 0) {
            present |= 1 << number;
            begins[number] = valueBegin;
            ends[number] = valueEnd;
        }
    }

    boolean has(int attribute) {
        return (present >> attribute & 1) != 0;
    }

    /// Where the value begins; meaningless where there is no such attribute.
    int begin(int attribute) {
        return begins[attribute];
    }

    int end(int attribute) {
        return ends[attribute];
    }

    /// Whether the value is this word, given in small letters, with white space around it or not.
    boolean is(int attribute, String word) {
        return has(attribute) && is(word, begins[attribute], ends[attribute]);
    }

    /// Whether the type is this media type, with parameters or not.
    boolean isMediaType(String mediaType) {
        if (!has(TYPE)) {
            return false;
        }
        int end = begins[TYPE];
        while (end < ends[TYPE] && source[end] != ';') {
            end++;
        }
        return is(mediaType, begins[TYPE], end);
    }

    /// Whether the tag says itself that its element is not seen.
    boolean hide() {
        return has(HIDDEN) || has(STYLE) && InlineStyle.hides(source, begins[STYLE], ends[STYLE]);
    }

    /// Whether, on an `input`, they make a button whose label is the value.
    boolean areOfALabelledButton() {
        return has(VALUE) && (is(TYPE, "submit") || is(TYPE, "button") || is(TYPE, "reset"));
    }

    private boolean is(String word, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && Markup.isSpace(source[begin])) {
            begin++;
        }
        while (end > begin && Markup.isSpace(source[end - 1])) {
            end--;
        }
        return end - begin == word.length() && Markup.startsWithFolded(source, begin, end, word);
    }
}
