package io.jarvix.contracts;

import java.util.List;
import java.util.Objects;

/// A score that explains itself: `value = clamp(sum of the terms' points, 0, 100)`.
///
/// @param value 0 to 100
/// @param rulesVersion the version of weights, thresholds, deductions and phrases
/// @param terms the formula's terms, in its order
/// @param deductions what was taken off the quality of 100
/// @param defects the errors that the last term counts
/// @param evidence where the phrases were found
/// @param action what to do, decided by `value` alone
/// @param confidence 0 to 1
/// @param reason why, one sentence
/// @param nextStep what the reader does now, one sentence
/// @param toNextAction points missing to the next better action; 0 where there is none better
public record Score(
        double value,
        String rulesVersion,
        List<ScoreTerm> terms,
        List<Deduction> deductions,
        List<Defect> defects,
        List<Evidence> evidence,
        Action action,
        double confidence,
        String reason,
        String nextStep,
        double toNextAction) {

    public Score {
        Objects.requireNonNull(rulesVersion, "rulesVersion");
        Objects.requireNonNull(action, "action");
        terms = Wire.listOrEmpty(terms);
        deductions = Wire.listOrEmpty(deductions);
        defects = Wire.listOrEmpty(defects);
        evidence = Wire.listOrEmpty(evidence);
        reason = Objects.requireNonNullElse(reason, "");
        nextStep = Objects.requireNonNullElse(nextStep, "");
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException("value must be 0 to 100: " + value);
        }
    }

    /// One term of the formula: `points = weight * input`.
    ///
    /// @param name `quality`, `buy`, `depth` or `errors`
    public record ScoreTerm(String name, double input, double weight, double points) {}

    /// Points taken off the quality.
    ///
    /// @param rule the rule's name in the configuration, such as `title-missing`
    /// @param why one sentence for a person
    public record Deduction(String rule, double points, String why) {}

    /// A defect of the page that the formula's error term counts, such as `truncated`.
    public record Defect(String name, String why) {}

    /// A phrase that a reader sees on the page.
    ///
    /// @param kind `buy`, `paywall`, `soft-not-found` or `parked`; the last two where the page
    ///     is that
    /// @param language the language of the phrase list it is from
    /// @param position where it begins in the visible text, in characters
    /// @param snippet the text around it
    public record Evidence(
            String kind, String phrase, String language, int position, String snippet) {}
}
