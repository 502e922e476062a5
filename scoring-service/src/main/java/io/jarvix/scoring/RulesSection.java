package io.jarvix.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One level of a rules file, which knows where it stands: what is wrong in it is said in one
/// sentence that names the file and the key.
final class RulesSection {

    private final String file;
    private final String path;
    private final JsonNode node;

    /// @param file its name
    /// @param path from the file's root, empty for the root itself
    /// @throws InvalidRulesException where the node has no keys
    RulesSection(String file, String path, JsonNode node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw wrong((path.isEmpty() ? "" : "has " + path + ", which ") + "has no keys");
        }
    }

    /// The exception for a fault of a file.
    ///
    /// @param fault goes on where "it" begins
    static InvalidRulesException wrong(String file, String fault) {
        return new InvalidRulesException("The scoring rules " + file + ": it " + fault + ".");
    }

    InvalidRulesException wrong(String fault) {
        return wrong(file, fault);
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    boolean has(String key) {
        return node.has(key);
    }

    /// In alphabetical order.
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        keys.sort(null);
        return keys;
    }

    /// Checks that there are no other keys.
    void only(String... known) {
        Set<String> names = Set.of(known);
        for (String key : keys()) {
            if (!names.contains(key)) {
                throw wrong("has the unknown key " + path(key));
            }
        }
    }

    /// Checks that there are all of these keys, and no others.
    <E> void onlyAndAll(E[] known, Function<E, String> key) {
        only(Stream.of(known).map(key).toArray(String[]::new));
        for (E each : known) {
            value(key.apply(each));
        }
    }

    RulesSection section(String key) {
        return new RulesSection(file, path(key), value(key));
    }

    String text(String key) {
        JsonNode value = value(key);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw wrong("has " + path(key) + ", which is not a text (put it in quotes)");
        }
        return value.asText().strip();
    }

    double number(String key, double least, double most) {
        JsonNode value = value(key);
        double number = value.asDouble(Double.NaN);
        if (!value.isNumber() || !(number >= least && number <= most)) {
            throw wrong(
                    "has %s = %s, which is not a number from %s to %s"
                            .formatted(
                                    path(key),
                                    value,
                                    Explanation.plain(least),
                                    Explanation.plain(most)));
        }
        return number;
    }

    int integer(String key, int least, int most) {
        double number = number(key, least, most);
        if (number != Math.rint(number)) {
            throw wrong("has " + path(key) + " = " + number + ", which is not a whole number");
        }
        return (int) number;
    }

    /// Phrases as written; each has a word, and none is there twice.
    List<String> phrases(String key) {
        List<String> phrases = texts(key);
        Set<String> seen = new HashSet<>();
        for (String phrase : phrases) {
            if (WordReader.words(phrase).isEmpty()) {
                throw wrong("has an empty phrase in " + path(key));
            }
            if (!seen.add(phrase.toLowerCase(Locale.ROOT))) {
                throw wrong("has the phrase \"" + phrase + "\" twice in " + path(key));
            }
        }
        return phrases;
    }

    /// Marks in lower case; a mark of fewer than four characters would be found anywhere.
    List<String> marks(String key) {
        List<String> marks = texts(key);
        for (String mark : marks) {
            if (mark.length() < 4) {
                throw wrong("has the mark \"" + mark + "\" in " + path(key) + ", shorter than 4");
            }
        }
        return marks.stream().map(mark -> mark.toLowerCase(Locale.ROOT)).toList();
    }

    private List<String> texts(String key) {
        JsonNode value = value(key);
        if (!value.isArray()) {
            throw wrong("has " + path(key) + ", which is not a list");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            if (!each.isTextual()) {
                throw wrong(
                        "has %s in %s, which is not a text (put it in quotes)"
                                .formatted(each, path(key)));
            }
            texts.add(each.asText());
        }
        return List.copyOf(texts);
    }

    private JsonNode value(String key) {
        @Nullable JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw wrong("has no " + path(key));
        }
        return value;
    }
}
