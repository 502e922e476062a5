package io.jarvix.scoring;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns what was read of a page into signals and a score that explains itself. Immutable, safe
/// from any thread.
@Pure
final class Judge {

    private static final int MAX_TITLE = 500;
    private static final int MAX_DESCRIPTION = 1_000;

    private final Rules rules;
    private final PhraseBook book;

    Judge(Rules rules, PhraseBook book) {
        this.rules = rules;
        this.book = book;
    }

    PageResult.Scored judge(Reading reading) {
        Signals signals = signals(reading);
        List<Score.Deduction> deductions = Deductions.of(rules, reading);
        List<Score.Defect> defects = Defects.of(rules, reading, signals);
        double quality =
                Math.clamp(
                        100 - deductions.stream().mapToDouble(Score.Deduction::points).sum(),
                        0.0,
                        100.0);
        boolean buy = reading.says(PhraseKind.BUY);
        List<Score.ScoreTerm> terms =
                Formula.terms(rules.weights(), quality, buy, signals.textLength(), defects.size());
        double value = Formula.value(terms);
        Rules.ActionRule action = actionOf(value);
        return new PageResult.Scored(
                signals,
                new Score(
                        value,
                        rules.version(),
                        terms,
                        deductions,
                        defects,
                        PhraseEvidence.of(reading, signals),
                        action.action(),
                        action.confidence(),
                        Explanation.reason(rules, value, quality, buy, signals, defects, reading),
                        action.nextStep(),
                        toNextAction(action, value)));
    }

    private Signals signals(Reading reading) {
        Page page = reading.page();
        return new Signals(
                reading.content().mediaType(),
                reading.charset(),
                cut(page.title(), MAX_TITLE),
                cut(page.description(), MAX_DESCRIPTION),
                PageLanguage.of(reading, book.languages(), rules.leastLanguageHits()),
                page.canonicalUrl(),
                page.text().codePoints(),
                reading.words().wordCount(),
                page.headings(),
                page.internalLinks(),
                page.externalLinks(),
                page.platforms(),
                page.structuredData(),
                page.prices(),
                page.forSubscribers() || reading.says(PhraseKind.PAYWALL),
                reading.saysOfItself(PhraseKind.SOFT_NOT_FOUND, rules.shortPageWords()),
                reading.saysOfItself(PhraseKind.PARKED, rules.shortPageWords()),
                reading.contentHash(),
                reading.words().wordCount() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%016x", reading.words().simHash()));
    }

    private Rules.ActionRule actionOf(double value) {
        for (Rules.ActionRule rule : rules.actions()) {
            @Nullable Double above = rule.above();
            if (above == null || value > above) {
                return rule;
            }
        }
        throw new IllegalStateException("the rules have no action for the rest");
    }

    /// The least number of points that would bring the next better action: one thousandth above
    /// its threshold, since the threshold itself does not reach it.
    private double toNextAction(Rules.ActionRule action, double value) {
        int better = rules.actions().indexOf(action) - 1;
        @Nullable Double above = better < 0 ? null : rules.actions().get(better).above();
        return above == null ? 0 : Formula.rounded(above - value + 0.001);
    }

    private static String cut(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }
}
