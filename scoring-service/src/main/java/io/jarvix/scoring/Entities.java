package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Character references (WHATWG HTML Standard, sections 13.2.5.72 to 13.2.5.80). One reader for
/// one thread; the tables are shared.
final class Entities {

    private static final String RESOURCE = "/html-entities.txt";

    /// Code points 0x80 to 0x9F as numeric references mean them: windows-1252.
    private static final String C1 =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
                    + "\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a"
                    + "\u0153\u009d\u017e\u0178";

    private static final Table NAMED;
    private static final Table WITHOUT_SEMICOLON;

    static {
        Map<String, String> named = new HashMap<>();
        Map<String, String> withoutSemicolon = new HashMap<>();
        try (InputStream in = Entities.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + RESOURCE);
            }
            new BufferedReader(new InputStreamReader(in, US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> add(line, named, withoutSemicolon));
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
        NAMED = new Table(named);
        WITHOUT_SEMICOLON = new Table(withoutSemicolon);
    }

    private int end;

    /// The text of the reference that begins at `at` with its ampersand, or null where it is only
    /// an ampersand. [#end] tells where it ends.
    @Nullable String read(char[] source, int at, int limit, boolean inAttribute) {
        int begin = at + 1;
        if (begin < limit && source[begin] == '#') {
            return numeric(source, begin + 1, limit);
        }
        int stop = begin;
        while (stop < limit
                && stop - begin < NAMED.longest
                && Markup.isAlphanumeric(source[stop])) {
            stop++;
        }
        if (stop == begin) {
            return null;
        }
        if (stop < limit && source[stop] == ';') {
            @Nullable String text = NAMED.get(source, begin, stop);
            if (text != null) {
                end = stop + 1;
                return text;
            }
        }
        return withoutSemicolon(source, begin, stop, limit, inAttribute);
    }

    /// The index behind the reference that was read last.
    int end() {
        return end;
    }

    private @Nullable String withoutSemicolon(
            char[] source, int begin, int stop, int limit, boolean inAttribute) {
        int longest = Math.min(stop - begin, WITHOUT_SEMICOLON.longest);
        for (int next = begin + longest; next > begin + 1; next--) {
            @Nullable String text = WITHOUT_SEMICOLON.get(source, begin, next);
            if (text != null) {
                if (inAttribute
                        && next < limit
                        && (source[next] == '=' || Markup.isAlphanumeric(source[next]))) {
                    return null;
                }
                end = next;
                return text;
            }
        }
        return null;
    }

    private @Nullable String numeric(char[] source, int at, int limit) {
        boolean hex = at < limit && (source[at] == 'x' || source[at] == 'X');
        int begin = hex ? at + 1 : at;
        int i = begin;
        int codePoint = 0;
        while (i < limit) {
            int digit = digit(source[i], hex);
            if (digit < 0) {
                break;
            }
            codePoint = Math.min(codePoint * (hex ? 16 : 10) + digit, Character.MAX_CODE_POINT + 1);
            i++;
        }
        if (i == begin) {
            return null;
        }
        end = i < limit && source[i] == ';' ? i + 1 : i;
        return text(codePoint);
    }

    private static int digit(char c, boolean hex) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        char lower = (char) (c | 0x20);
        return hex && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static String text(int codePoint) {
        if (codePoint >= 0x80 && codePoint <= 0x9f) {
            return C1.substring(codePoint - 0x80, codePoint - 0x7f);
        }
        boolean none =
                codePoint == 0
                        || codePoint > Character.MAX_CODE_POINT
                        || codePoint >= Character.MIN_SURROGATE
                                && codePoint <= Character.MAX_SURROGATE;
        return Character.toString(none ? 0xfffd : codePoint);
    }

    private static void add(
            String line, Map<String, String> named, Map<String, String> withoutSemicolon) {
        String[] parts = line.split(" ");
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < parts.length; i++) {
            text.appendCodePoint(Integer.parseInt(parts[i], 16));
        }
        boolean legacy = parts[0].endsWith("*");
        String name = legacy ? parts[0].substring(0, parts[0].length() - 1) : parts[0];
        named.put(name, text.toString());
        if (legacy) {
            withoutSemicolon.put(name, text.toString());
        }
    }

    /// A map whose keys are looked up where they stand, without making a string of them.
    private static final class Table {

        private final @Nullable String[] names;
        private final @Nullable String[] texts;
        private final int longest;

        Table(Map<String, String> entries) {
            int capacity = Integer.highestOneBit(entries.size() * 2) * 2;
            names = new @Nullable String[capacity];
            texts = new @Nullable String[capacity];
            longest = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
            entries.forEach(
                    (name, text) -> {
                        int slot = slot(name.toCharArray(), 0, name.length());
                        while (names[slot] != null) {
                            slot = slot + 1 & capacity - 1;
                        }
                        names[slot] = name;
                        texts[slot] = text;
                    });
        }

        @Nullable String get(char[] source, int begin, int end) {
            int slot = slot(source, begin, end);
            while (true) {
                @Nullable String name = names[slot];
                if (name == null || is(name, source, begin, end)) {
                    return texts[slot];
                }
                slot = slot + 1 & names.length - 1;
            }
        }

        private int slot(char[] source, int begin, int end) {
            int hash = 0;
            for (int i = begin; i < end; i++) {
                hash = hash * 31 + source[i];
            }
            return (hash ^ hash >>> 16) & names.length - 1;
        }

        private static boolean is(String name, char[] source, int begin, int end) {
            if (name.length() != end - begin) {
                return false;
            }
            for (int i = begin; i < end; i++) {
                if (name.charAt(i - begin) != source[i]) {
                    return false;
                }
            }
            return true;
        }
    }
}
