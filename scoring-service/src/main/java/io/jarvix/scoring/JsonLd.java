package io.jarvix.scoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a page's JSON-LD blocks as a stream: types, prices, and whether the page is free to read.
/// Not for use by two threads at once.
///
/// Bounds: 262,144 characters and 100 blocks a page (what comes after is not looked at), 20 types,
/// 20 prices, 100 levels.
final class JsonLd {

    private static final int MAX_CHARACTERS = 256 * 1024;
    private static final int MAX_BLOCKS = 100;
    private static final int MAX_TYPES = 20;
    private static final int MAX_TYPE_LENGTH = 100;
    private static final int MAX_PRICE_LENGTH = 24;
    private static final int MAX_DEPTH = 100;

    /// What stands around scripts of XHTML, to hide them from readers of other kinds; each can be
    /// missing.
    private static final List<String> OPENINGS = List.of("<!--", "//", "/*", "<![CDATA[", "*/");

    private static final List<String> ENDINGS = List.of("-->", "*/", "]]>", "//", "/*");

    /// As lenient as search engines are: line breaks within texts are common.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .disable(com.fasterxml.jackson.core.JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(
                            com.fasterxml.jackson.core.JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private final Set<String> types = new LinkedHashSet<>();
    private final Set<String> prices = new LinkedHashSet<>();
    private final @Nullable String[] priceAtDepth = new @Nullable String[MAX_DEPTH + 2];
    private final @Nullable String[] currencyAtDepth = new @Nullable String[MAX_DEPTH + 2];
    private int left;
    private int blocks;
    private boolean present;
    private boolean broken;
    private boolean forSubscribers;

    void begin() {
        types.clear();
        prices.clear();
        left = MAX_CHARACTERS;
        blocks = 0;
        present = false;
        broken = false;
        forSubscribers = false;
    }

    /// In the order of the page, without `https://schema.org/`.
    List<String> types() {
        return List.copyOf(types);
    }

    /// Currency and amount as they stand there.
    List<String> prices() {
        return List.copyOf(prices);
    }

    boolean isPresent() {
        return present;
    }

    boolean isBroken() {
        return broken;
    }

    boolean isForSubscribers() {
        return forSubscribers;
    }

    void read(char[] source, int begin, int end) {
        int from = begin;
        int to = end;
        for (String opening : OPENINGS) {
            from = behind(source, from, to, opening);
        }
        for (String ending : ENDINGS) {
            to = before(source, from, to, ending);
        }
        if (from == to) {
            return;
        }
        present = true;
        if (to - from > left || blocks == MAX_BLOCKS) {
            return;
        }
        blocks++;
        left -= to - from;
        try (JsonParser parser = JSON.createParser(source, from, to - from)) {
            read(parser);
        } catch (IOException e) {
            broken = true;
        }
    }

    private static int behind(char[] source, int begin, int end, String opening) {
        int from = begin;
        while (from < end && source[from] <= ' ') {
            from++;
        }
        return Markup.startsWith(source, from, end, opening) ? from + opening.length() : from;
    }

    private static int before(char[] source, int begin, int end, String ending) {
        int to = end;
        while (to > begin && source[to - 1] <= ' ') {
            to--;
        }
        int at = to - ending.length();
        return at >= begin && Markup.startsWith(source, at, to, ending) ? at : to;
    }

    private void read(JsonParser parser) throws IOException {
        int depth = 0;
        String field = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> {
                    depth++;
                    priceAtDepth[depth] = null;
                    currencyAtDepth[depth] = null;
                }
                case END_OBJECT -> {
                    addPrice(currencyAtDepth[depth], priceAtDepth[depth]);
                    depth--;
                    field = "";
                }
                case START_ARRAY, END_ARRAY -> {}
                case FIELD_NAME -> field = parser.currentName();
                default -> value(parser, depth, field);
            }
        }
    }

    private void value(JsonParser parser, int depth, String field) throws IOException {
        switch (field) {
            case "@type" -> addType(parser.getText());
            case "price", "lowPrice" -> priceAtDepth[depth] = parser.getText().strip();
            case "priceCurrency" -> currencyAtDepth[depth] = parser.getText().strip();
            case "isAccessibleForFree" -> {
                String value = parser.getText();
                int slash = value.lastIndexOf('/');
                forSubscribers |= value.substring(slash + 1).equalsIgnoreCase("false");
            }
            default -> {}
        }
    }

    private void addType(String type) {
        String name = type.substring(type.lastIndexOf('/') + 1).strip();
        if (!name.isEmpty()
                && name.length() <= MAX_TYPE_LENGTH
                && types.size() < MAX_TYPES
                && isPrintable(name)) {
            types.add(name);
        }
    }

    private void addPrice(@Nullable String currency, @Nullable String price) {
        if (price != null
                && !price.isEmpty()
                && price.length() <= MAX_PRICE_LENGTH
                && price.charAt(0) >= '0'
                && price.charAt(0) <= '9'
                && isPrintable(price)
                && currency != null
                && isCurrency(currency)
                && prices.size() < Prices.MOST) {
            prices.add(currency + " " + price);
        }
    }

    private static boolean isCurrency(String code) {
        return code.length() == 3 && code.chars().allMatch(c -> Markup.isLetter((char) c));
    }

    /// JSON's escapes can say what no text of a page can: control characters and halves of
    /// surrogate pairs.
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(
                        c ->
                                Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE);
    }
}
