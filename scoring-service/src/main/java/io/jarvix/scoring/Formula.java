package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score.ScoreTerm;
import java.util.List;

/// `clamp(0.4 * quality + 30 * buy + 0.2 * min(100, textLength / 5000 * 100) - 5 * errors, 0, 100)`
/// with the weights of the rules.
///
/// Rounding: each term's points are rounded to a thousandth, half up, and the sum is taken in
/// thousandths. So the points as printed (a double's shortest decimal form) add up, in decimal
/// arithmetic, to the score as printed. With the built-in weights nothing is lost by it: a text
/// length is a whole number and one character is worth 0.004 points.
@Pure
final class Formula {

    static final String QUALITY = "quality";
    static final String BUY = "buy";
    static final String DEPTH = "depth";
    static final String ERRORS = "errors";

    private static final double THOUSANDTHS = 1000.0;

    private Formula() {}

    /// The four terms, in the formula's order.
    ///
    /// @param quality 0 to 100
    /// @param textLength characters of visible text
    /// @param errors how many defects the page has
    static List<ScoreTerm> terms(
            Rules.Weights weights, double quality, boolean buy, int textLength, int errors) {
        double depth = Math.min(100.0, textLength * 100.0 / weights.fullTextLength());
        return List.of(
                term(QUALITY, quality, weights.quality()),
                term(BUY, buy ? 1 : 0, weights.buy()),
                term(DEPTH, depth, weights.depth()),
                term(ERRORS, errors, -weights.errors()));
    }

    /// The sum of the terms' points, not below 0 and not above 100.
    static double value(List<ScoreTerm> terms) {
        long thousandths = 0;
        for (ScoreTerm term : terms) {
            thousandths += Math.round(term.points() * THOUSANDTHS);
        }
        return Math.clamp(thousandths / THOUSANDTHS, 0.0, 100.0);
    }

    /// To a thousandth, half up.
    static double rounded(double points) {
        return Math.round(points * THOUSANDTHS) / THOUSANDTHS;
    }

    private static ScoreTerm term(String name, double input, double weight) {
        // -5 * 0 is minus zero, which would print as -0.0.
        double points = rounded(weight * input);
        return new ScoreTerm(name, input, weight, points == 0 ? 0.0 : points);
    }
}
