package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a rules file (YAML) and checks all of it: every key is known and there, every number in
/// its range, no phrase empty or listed twice. What is wrong is said in one sentence that names
/// the key.
final class RulesFile {

    private static final String BUILT_IN = "/scoring-rules.yaml";
    private static final int MAX_BYTES = 1024 * 1024;
    private static final ObjectMapper YAML =
            YAMLMapper.builder(
                            YAMLFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .build();

    private final String name;

    private RulesFile(String name) {
        this.name = name;
    }

    /// The rules that ship with the service.
    static Rules builtIn() {
        try (InputStream in = RulesFile.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + BUILT_IN);
            }
            return new RulesFile("scoring-rules.yaml").read(in.readAllBytes(), "");
        } catch (IOException e) {
            throw new IllegalStateException("the jar cannot be read", e);
        }
    }

    /// The rules of an operator's file. Their version ends in `+` and the first eight hex digits of
    /// the file's SHA-256.
    ///
    /// @throws InvalidRulesException where the file is missing or wrong
    static Rules read(Path file) {
        RulesFile rules = new RulesFile(file.toString());
        byte[] bytes;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw rules.wrong("is larger than " + MAX_BYTES + " bytes");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw rules.wrong("cannot be read: " + e);
        }
        return rules.read(bytes, "+" + HexFormat.of().formatHex(sha256(bytes), 0, 4));
    }

    static Rules parse(String yaml) {
        return new RulesFile("rules").read(yaml.getBytes(UTF_8), "");
    }

    private Rules read(byte[] bytes, String versionSuffix) {
        JsonNode tree;
        try {
            tree = YAML.readTree(bytes);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            boolean isSentence = reason != null && reason.indexOf('\n') < 0;
            throw wrong("is not valid YAML" + at(e) + (isSentence ? ": " + reason : ""));
        } catch (IOException e) {
            throw wrong("is not valid YAML: " + e.getMessage());
        }
        Section root = new Section("", tree);
        root.only(
                "version",
                "weights",
                "actions",
                "deductions",
                "defects",
                "shortPageWords",
                "phrases",
                "platforms",
                "languages");
        Section languages = root.section("languages");
        languages.only("leastHits", "words");
        return new Rules(
                root.text("version") + versionSuffix,
                weights(root.section("weights")),
                actions(root.section("actions")),
                deductions(root.section("deductions")),
                defects(root.section("defects")),
                root.integer("shortPageWords", 0, 1_000_000),
                phrases(root.section("phrases")),
                platforms(root.section("platforms")),
                languages.integer("leastHits", 1, 1_000_000),
                byLanguage(languages.section("words")),
                new String(bytes, UTF_8));
    }

    /// The rules as JSON, with the version that scores carry.
    static byte[] json(Rules rules) {
        try {
            ObjectNode tree = (ObjectNode) YAML.readTree(rules.source());
            tree.put("version", rules.version());
            return Wire.write(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("these rules have been read before", e);
        }
    }

    private Rules.Weights weights(Section section) {
        section.only("quality", "buy", "depth", "errors", "fullTextLength");
        return new Rules.Weights(
                section.number("quality", 0, 1),
                section.number("buy", 0, 100),
                section.number("depth", 0, 1),
                section.number("errors", 0, 100),
                section.integer("fullTextLength", 1, 10_000_000));
    }

    private List<Rules.ActionRule> actions(Section section) {
        section.onlyAndAll(Action.values(), Action::name);
        List<Rules.ActionRule> rules = new ArrayList<>();
        double last = 100;
        for (Action action : Action.values()) {
            Section entry = section.section(action.name());
            boolean rest = action == Action.SKIP;
            entry.only("above", "confidence", "nextStep");
            if (rest && entry.has("above")) {
                throw wrong("has " + entry.path("above") + ", but SKIP takes all the rest");
            }
            @Nullable Double above = rest ? null : entry.number("above", 0, 100);
            if (above != null && above >= last) {
                throw wrong("has " + entry.path("above") + " = " + above + ", not below " + last);
            }
            last = above == null ? last : above;
            rules.add(
                    new Rules.ActionRule(
                            action,
                            above,
                            entry.number("confidence", 0, 1),
                            entry.text("nextStep")));
        }
        return rules;
    }

    private Map<QualityRule, Rules.Deduction> deductions(Section section) {
        section.onlyAndAll(QualityRule.values(), QualityRule::key);
        Map<QualityRule, Rules.Deduction> deductions = new EnumMap<>(QualityRule.class);
        for (QualityRule rule : QualityRule.values()) {
            Section entry = section.section(rule.key());
            if (rule.hasLimit()) {
                entry.only("points", "limit", "why");
            } else {
                entry.only("points", "why");
            }
            deductions.put(
                    rule,
                    new Rules.Deduction(
                            entry.number("points", 0, 100),
                            rule.hasLimit() ? entry.integer("limit", 0, 1_000_000) : null,
                            entry.text("why")));
        }
        return deductions;
    }

    private Map<PageDefect, String> defects(Section section) {
        section.onlyAndAll(PageDefect.values(), PageDefect::key);
        Map<PageDefect, String> defects = new EnumMap<>(PageDefect.class);
        for (PageDefect defect : PageDefect.values()) {
            defects.put(defect, section.text(defect.key()));
        }
        return defects;
    }

    private Map<PhraseKind, Map<String, List<String>>> phrases(Section section) {
        section.onlyAndAll(PhraseKind.values(), PhraseKind::key);
        Map<PhraseKind, Map<String, List<String>>> phrases = new EnumMap<>(PhraseKind.class);
        for (PhraseKind kind : PhraseKind.values()) {
            phrases.put(kind, byLanguage(section.section(kind.key())));
        }
        return phrases;
    }

    private Map<String, List<String>> byLanguage(Section section) {
        Map<String, List<String>> lists = new TreeMap<>();
        for (String language : section.keys()) {
            if (!language.matches("[a-z]{2,3}")) {
                throw wrong(
                        "has "
                                + section.path(language)
                                + ", which is no language: write two or three small letters, such as en");
            }
            lists.put(language, section.phrases(language));
        }
        return lists;
    }

    private List<Rules.Platform> platforms(Section section) {
        List<Rules.Platform> platforms = new ArrayList<>();
        for (String platform : section.keys()) {
            Section entry = section.section(platform);
            entry.only("resource", "generator");
            List<String> resources = entry.marks("resource");
            List<String> generators = entry.marks("generator");
            if (resources.isEmpty() && generators.isEmpty()) {
                throw wrong("has " + section.path(platform) + " without any mark");
            }
            platforms.add(new Rules.Platform(platform, resources, generators));
        }
        return platforms;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private InvalidRulesException wrong(String fault) {
        return new InvalidRulesException("The scoring rules " + name + ": it " + fault + ".");
    }

    /// One level of the file, which knows its own path.
    private final class Section {

        private final String path;
        private final JsonNode node;

        Section(String path, JsonNode node) {
            this.path = path;
            this.node = node;
            if (!node.isObject()) {
                throw wrong((path.isEmpty() ? "" : "has " + path + ", which ") + "has no keys");
            }
        }

        String path(String key) {
            return path.isEmpty() ? key : path + "." + key;
        }

        boolean has(String key) {
            return node.has(key);
        }

        List<String> keys() {
            List<String> keys = new ArrayList<>();
            node.fieldNames().forEachRemaining(keys::add);
            keys.sort(null);
            return keys;
        }

        void only(String... known) {
            Set<String> names = Set.of(known);
            for (String key : keys()) {
                if (!names.contains(key)) {
                    throw wrong("has the unknown key " + path(key));
                }
            }
        }

        <E> void onlyAndAll(E[] known, Function<E, String> key) {
            only(java.util.Arrays.stream(known).map(key).toArray(String[]::new));
            for (E each : known) {
                value(key.apply(each));
            }
        }

        Section section(String key) {
            return new Section(path(key), value(key));
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
                                .formatted(path(key), value, plain(least), plain(most)));
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
                if (phrase.codePoints().noneMatch(Character::isLetterOrDigit)) {
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
                    throw wrong(
                            "has the mark \"" + mark + "\" in " + path(key) + ", shorter than 4");
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

        private static String plain(double number) {
            return number == Math.rint(number)
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
    }
}
