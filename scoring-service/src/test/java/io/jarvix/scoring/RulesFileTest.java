package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesFileTest {

    private static final String BUILT_IN = RulesFile.builtIn().source();

    @TempDir Path folder;

    @Test
    void theBuiltInRulesAreTheDocumentedOnes() {
        Rules rules = RulesFile.builtIn();
        assertThat(rules.version()).isEqualTo("2026.1");
        assertThat(rules.weights()).isEqualTo(new Rules.Weights(0.4, 30, 0.2, 5, 5000));
        assertThat(rules.actions())
                .extracting(Rules.ActionRule::above)
                .containsExactly(75.0, 50.0, null);
        assertThat(rules.actions())
                .extracting(Rules.ActionRule::confidence)
                .containsExactly(0.95, 0.70, 0.85);
        assertThat(rules.phrases().values())
                .allSatisfy(
                        lists ->
                                assertThat(lists.keySet())
                                        .containsExactly("de", "en", "es", "fr", "it", "pt"));
    }

    /// Each line: what is replaced in the built-in file, by what, and what the sentence says.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "quality: 0.4 | qualty: 0.4 | the unknown key weights.qualty",
                "quality: 0.4 | quality: 1.4 | weights.quality = 1.4, which is not a number from 0 to 1",
                "quality: 0.4 | quality: -0.1 | weights.quality = -0.1",
                "quality: 0.4 | quality: .nan | is not valid YAML (line 12)",
                "quality: 0.4 | quality: much | weights.quality",
                "  buy: 30 | # | has no weights.buy",
                "buy: 30 | buy: 101 | weights.buy = 101",
                "fullTextLength: 5000 | fullTextLength: 0 | weights.fullTextLength",
                "fullTextLength: 5000 | fullTextLength: 1.5 | not a whole number",
                "BUY: {above: 75 | BUY: {above: 40 | actions.MONITOR.above = 50.0, not below 40.0",
                "SKIP: {confidence | SKIP: {above: 10, confidence | SKIP takes all the rest",
                "confidence: 0.95 | confidence: 95 | actions.BUY.confidence",
                "  empty: | `emptie:` | the unknown key deductions.emptie",
                "{points: 30, why | {points: 300, why | deductions.not-a-page.points",
                "{points: 30, why | {points: 30, limit: 1, why | the unknown key deductions.not-a-page.limit",
                "limit: 300, why | why | has no deductions.text-short.limit",
                "  truncated: | `truncatd:` | the unknown key defects.truncatd",
                "      - add to cart | `- ''` | an empty phrase in phrases.buy.en",
                "      - add to cart | `- '?!'` | an empty phrase in phrases.buy.en",
                "      - add to cart | `- Buy Now` | the phrase \"buy now\" twice in phrases.buy.en",
                "      - add to cart | `- 42` | 42 in phrases.buy.en, which is not a text",
                "`    es:` | `    Spanish:` | phrases.buy.Spanish, which is no language",
                "version: \"2026.1\" | version: 2026 | version, which is not a text",
                "[\"jimdo\"] | [\"jim\"] | the mark \"jim\" in platforms.Jimdo.generator, shorter than 4",
                "\"shopify\" | \"shöpify\" | which is not ASCII",
                "leastHits: 5 | leastHits: 0 | languages.leastHits",
                "[the, and, | [the other, and, | \"the other\", which is not one word",
                "weights: | `weights: [` | is not valid YAML",
                "weights: | `weights: 1\\nweights:` | is not valid YAML",
            })
    void aWrongFileIsRefusedWithASentenceThatNamesTheFault(
            String right, String wrong, String sentence) {
        assertThat(BUILT_IN).contains(right);
        String file =
                BUILT_IN.replaceFirst(
                        java.util.regex.Pattern.quote(right), wrong.replace("\\n", "\n"));
        assertThatThrownBy(() -> new PageScorer(RulesFile.parse(file)))
                .isInstanceOf(InvalidRulesException.class)
                .hasMessageStartingWith("The scoring rules")
                .hasMessageContaining(sentence);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PageScorer.withRulesOf(folder.resolve("missing.yaml")))
                .hasMessageContaining("missing.yaml")
                .hasMessageContaining("cannot be read");
    }

    @Test
    void twoEditsOfOneVersionCanBeToldApart() throws IOException {
        Path one = Files.writeString(folder.resolve("one.yaml"), BUILT_IN, UTF_8);
        Path two = Files.writeString(folder.resolve("two.yaml"), BUILT_IN + "# edited\n", UTF_8);
        assertThat(RulesFile.read(one).version()).matches("2026\\.1\\+[0-9a-f]{8}");
        assertThat(RulesFile.read(one).version()).isNotEqualTo(RulesFile.read(two).version());
    }

    @Test
    void anEditedWeightChangesTheScore() throws IOException {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, BUILT_IN.replace("buy: 30", "buy: 10"), UTF_8);
        String page = "<title>Lamps and more</title><p>Buy now";
        double before = TestPages.scored(PageScorer.withBuiltInRules(), page).score().value();
        double after = TestPages.scored(PageScorer.withRulesOf(file), page).score().value();
        assertThat(before - after).isCloseTo(20, within(1e-9));
    }
}
