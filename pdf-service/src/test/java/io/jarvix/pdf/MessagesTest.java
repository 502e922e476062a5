package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.RunEnd;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {

    private static final Design DESIGN = new Design(Optional.empty());

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(DESIGN.messages("es").stringPropertyNames())
                .isEqualTo(DESIGN.messages("en").stringPropertyNames());
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "one-page.html"})
    void everyMessageThatATemplateAsksForExists(String template) {
        Set<String> asked = new TreeSet<>();
        Matcher matcher = Pattern.compile("msg:([A-Za-z_]+)").matcher(DESIGN.text(template));
        while (matcher.find()) {
            asked.add(matcher.group(1));
        }

        assertThat(asked).isNotEmpty();
        assertThat(DESIGN.messages("en").stringPropertyNames()).containsAll(asked);
    }

    @Test
    void everyNameOfTheContractsHasWords() {
        List<String> keys =
                Stream.of(
                                Arrays.stream(Action.values()).map(a -> "action_" + a),
                                Arrays.stream(Action.values()).map(a -> "action_meaning_" + a),
                                Arrays.stream(FailureKind.values()).map(f -> "failure_" + f),
                                Arrays.stream(BlockRule.values()).map(b -> "block_" + b),
                                Arrays.stream(RunEnd.values()).map(e -> "end_" + e))
                        .flatMap(names -> names)
                        .toList();

        assertThat(DESIGN.messages("en").stringPropertyNames()).containsAll(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void everyPatternCanBeWritten(String language) {
        Properties patterns = DESIGN.messages(language);
        Messages messages = new Messages(language, patterns);

        for (String key : patterns.stringPropertyNames()) {
            for (int count : new int[] {0, 1, 2, 12_345}) {
                assertThat(messages.text(key, count, count, count, count, count))
                        .as(key)
                        .doesNotContain("{");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0\u00a0%",
        "0, 7, 0\u00a0%",
        "7, 7, 100\u00a0%",
        "1, 100000, 0.1\u00a0%",
        "99999, 100000, 99.9\u00a0%",
        "1, 3, 33.3\u00a0%"
    })
    void aShareSaysAllOrNothingOnlyWhereItIsSo(long part, long whole, String percent) {
        assertThat(english().percent(part, whole)).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"999, 999\u00a0B", "44000, 44.0\u00a0kB", "5368709120, 5.4\u00a0GB"})
    void bytesAreWrittenInTheLargestFittingUnit(long bytes, String text) {
        assertThat(english().bytes(bytes)).isEqualTo(text);
    }

    @Test
    void aKeyWithoutWordsIsPrintedAsItIs() {
        assertThat(english().nameOf("failure", "QUANTUM")).isEqualTo("QUANTUM");
        assertThat(english().text("no_such_key")).isEqualTo("no_such_key");
    }

    @ParameterizedTest
    @CsvSource({"en, true", "es, true", "fr, false", "'', false", "../x, false"})
    void aLanguageIsSpokenWhereItHasMessages(String language, boolean spoken) {
        assertThat(DESIGN.speaks(language)).isEqualTo(spoken);
    }

    private static Messages english() {
        return new Messages("en", DESIGN.messages("en"));
    }
}
