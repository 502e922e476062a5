package io.jarvix.scoring;

import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sentence that says why a score leads to its action.
final class Explanation {

    private Explanation() {}

    static String reason(
            Rules rules,
            double value,
            double quality,
            boolean buy,
            Signals signals,
            List<Score.Defect> defects,
            Reading reading) {
        String where = threshold(rules, value);
        if (reading.empty()) {
            return where + ": the answer has no content.";
        }
        if (reading.content().kind() == Content.Kind.BINARY) {
            return where + ": the content is " + signals.mediaType() + ", not a page.";
        }
        return where
                + ": quality "
                + plain(quality)
                + " of 100, "
                + (buy ? "buying intent found, " : "no buying intent, ")
                + signals.textLength()
                + (signals.textLength() == 1 ? " character of text, " : " characters of text, ")
                + defects(defects)
                + ".";
    }

    private static String threshold(Rules rules, double value) {
        double least = 0;
        for (Rules.ActionRule rule : rules.actions()) {
            @Nullable Double above = rule.above();
            if (above != null && value > above) {
                return "The score " + plain(value) + " is above " + plain(above);
            }
            least = above == null ? least : above;
        }
        return "The score " + plain(value) + " is not above " + plain(least);
    }

    private static String defects(List<Score.Defect> defects) {
        if (defects.isEmpty()) {
            return "no defects";
        }
        return defects.stream()
                .map(Score.Defect::name)
                .collect(
                        Collectors.joining(
                                ", ",
                                defects.size() == 1
                                        ? "one defect ("
                                        : defects.size() + " defects (",
                                ")"));
    }

    /// As a person writes it: without a fraction where there is none.
    static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
