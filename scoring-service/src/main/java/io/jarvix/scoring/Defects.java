package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The defects of a page, each of which counts once in the formula's error term.
@Pure
final class Defects {

    private Defects() {}

    /// In the order of [PageDefect].
    static List<Score.Defect> of(Rules rules, Reading reading, Signals signals) {
        return found(reading, signals).stream()
                .map(
                        defect ->
                                new Score.Defect(
                                        defect.key(), rules.defects().getOrDefault(defect, "")))
                .toList();
    }

    private static Set<PageDefect> found(Reading reading, Signals signals) {
        boolean isPage = reading.content().kind() == Content.Kind.PAGE && !reading.empty();
        Set<PageDefect> found = EnumSet.noneOf(PageDefect.class);
        addIf(found, isPage && signals.title().isEmpty(), PageDefect.TITLE_MISSING);
        addIf(found, isPage && signals.textLength() == 0, PageDefect.TEXT_MISSING);
        addIf(found, reading.raw().truncated(), PageDefect.TRUNCATED);
        addIf(found, !reading.charsetFits(), PageDefect.WRONG_CHARSET);
        addIf(found, reading.page().structuredDataBroken(), PageDefect.STRUCTURED_DATA_BROKEN);
        addIf(found, signals.paywall(), PageDefect.PAYWALL);
        addIf(found, signals.softNotFound(), PageDefect.SOFT_NOT_FOUND);
        addIf(found, signals.parked(), PageDefect.PARKED);
        return found;
    }

    private static void addIf(Set<PageDefect> found, boolean condition, PageDefect defect) {
        if (condition) {
            found.add(defect);
        }
    }
}
