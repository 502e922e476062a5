package io.jarvix.scoring;

import io.jarvix.contracts.Action;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What decides a score, as one immutable value with a version. Read and checked by [RulesFile].
///
/// @param version travels with every score
/// @param actions one for each action, from the best to the least
/// @param deductions one for each rule
/// @param defects the sentence for each defect
/// @param shortPageWords a page with fewer words is what its soft-not-found and parked phrases say
/// @param phrases kind, language, phrases
/// @param platforms in the order of their names
/// @param leastLanguageHits stop words that a text must have for its language to be told
/// @param stopWords language to frequent words
/// @param source the file as it was read
record Rules(
        String version,
        Weights weights,
        List<ActionRule> actions,
        Map<QualityRule, Deduction> deductions,
        Map<PageDefect, String> defects,
        int shortPageWords,
        Map<PhraseKind, Map<String, List<String>>> phrases,
        List<Platform> platforms,
        int leastLanguageHits,
        Map<String, List<String>> stopWords,
        String source) {

    Rules {
        actions = List.copyOf(actions);
        platforms = List.copyOf(platforms);
    }

    /// The formula's weights.
    ///
    /// @param errors points per defect, positive
    /// @param fullTextLength characters of text that make full depth
    record Weights(double quality, double buy, double depth, double errors, int fullTextLength) {}

    /// @param above the score that must be passed; absent for the action of all the rest
    record ActionRule(Action action, @Nullable Double above, double confidence, String nextStep) {}

    /// @param limit the number that the rule compares with; absent where it compares with none
    record Deduction(double points, @Nullable Integer limit, String why) {

        /// The sentence with the page's own value in it.
        String sentence(String value) {
            return why.replace("{limit}", String.valueOf(limit)).replace("{value}", value);
        }
    }

    /// A shop or site system and the marks by which it is known, in lower case.
    record Platform(String name, List<String> resources, List<String> generators) {}
}
