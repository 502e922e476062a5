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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        } catch (NoSuchFileException e) {
            throw rules.wrong("cannot be read: there is no such file");
        } catch (IOException e) {
            throw rules.wrong("cannot be read: " + e.getMessage());
        }
        return rules.read(
                bytes, "+" + HexFormat.of().formatHex(PageScorer.sha256().digest(bytes), 0, 4));
    }

    static Rules parse(String yaml) {
        return new RulesFile("rules").read(yaml.getBytes(UTF_8), "");
    }

    private Rules read(byte[] bytes, String versionSuffix) {
        RulesSection root = new RulesSection(name, "", tree(bytes));
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
        RulesSection languages = root.section("languages");
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

    private JsonNode tree(byte[] bytes) {
        try {
            return YAML.readTree(bytes);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            boolean isSentence = reason != null && reason.indexOf('\n') < 0;
            throw wrong("is not valid YAML" + at(e) + (isSentence ? ": " + reason : ""));
        } catch (IOException e) {
            throw wrong("is not valid YAML: " + e.getMessage());
        }
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

    private Rules.Weights weights(RulesSection section) {
        section.only("quality", "buy", "depth", "errors", "fullTextLength");
        return new Rules.Weights(
                section.number("quality", 0, 1),
                section.number("buy", 0, 100),
                section.number("depth", 0, 1),
                section.number("errors", 0, 100),
                section.integer("fullTextLength", 1, 10_000_000));
    }

    private List<Rules.ActionRule> actions(RulesSection section) {
        section.onlyAndAll(Action.values(), Action::name);
        List<Rules.ActionRule> rules = new ArrayList<>();
        double last = 100;
        for (Action action : Action.values()) {
            RulesSection entry = section.section(action.name());
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

    private Map<QualityRule, Rules.Deduction> deductions(RulesSection section) {
        section.onlyAndAll(QualityRule.values(), QualityRule::key);
        Map<QualityRule, Rules.Deduction> deductions = new EnumMap<>(QualityRule.class);
        for (QualityRule rule : QualityRule.values()) {
            RulesSection entry = section.section(rule.key());
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

    private Map<PageDefect, String> defects(RulesSection section) {
        section.onlyAndAll(PageDefect.values(), PageDefect::key);
        Map<PageDefect, String> defects = new EnumMap<>(PageDefect.class);
        for (PageDefect defect : PageDefect.values()) {
            defects.put(defect, section.text(defect.key()));
        }
        return defects;
    }

    private Map<PhraseKind, Map<String, List<String>>> phrases(RulesSection section) {
        section.onlyAndAll(PhraseKind.values(), PhraseKind::key);
        Map<PhraseKind, Map<String, List<String>>> phrases = new EnumMap<>(PhraseKind.class);
        for (PhraseKind kind : PhraseKind.values()) {
            phrases.put(kind, byLanguage(section.section(kind.key())));
        }
        return phrases;
    }

    private Map<String, List<String>> byLanguage(RulesSection section) {
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

    private List<Rules.Platform> platforms(RulesSection section) {
        List<Rules.Platform> platforms = new ArrayList<>();
        for (String platform : section.keys()) {
            RulesSection entry = section.section(platform);
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

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    }

    private InvalidRulesException wrong(String fault) {
        return RulesSection.wrong(name, fault);
    }
}
