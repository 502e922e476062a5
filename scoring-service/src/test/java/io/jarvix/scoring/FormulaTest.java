package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Score.ScoreTerm;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FormulaTest {

    private static final Rules.Weights WEIGHTS = RulesFile.builtIn().weights();

    @Test
    void theKnownPairsHoldToTheLastDigit() {
        assertThat(value(95, false, 298_162, 0)).isEqualTo(58.0);
        assertThat(value(90, false, 207, 0)).isEqualTo(36.828);
    }

    @Test
    void theBestPageHasNinetyPoints() {
        assertThat(value(100, true, 5_000, 0)).isEqualTo(90.0);
    }

    @Test
    void aTermWithoutPointsIsPlainZero() {
        assertThat(Formula.terms(WEIGHTS, 0, false, 0, 0))
                .extracting(ScoreTerm::points)
                .allSatisfy(points -> assertThat(Double.toString(points)).isEqualTo("0.0"));
    }

    /// Under the weights that ship and under any others that a rules file may have.
    @Property
    void thePrintedPointsAddUpToThePrintedScore(
            @ForAll("weights") Rules.Weights weights,
            @ForAll @IntRange(max = 1000) int qualityTenths,
            @ForAll boolean buy,
            @ForAll @IntRange(max = 6_000) int textLength,
            @ForAll @IntRange(max = 8) int errors) {
        List<ScoreTerm> terms =
                Formula.terms(weights, qualityTenths / 10.0, buy, textLength, errors);
        BigDecimal printed =
                terms.stream()
                        .map(term -> new BigDecimal(Double.toString(term.points())))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .max(BigDecimal.ZERO)
                        .min(new BigDecimal(100));
        assertThat(new BigDecimal(Double.toString(Formula.value(terms))))
                .isEqualByComparingTo(printed);
    }

    @Property
    void theFormulaIsTheDocumentedOne(
            @ForAll @IntRange(max = 100) int quality,
            @ForAll boolean buy,
            @ForAll @IntRange(max = 400_000) int textLength,
            @ForAll @IntRange(max = 8) int errors) {
        double documented =
                0.4 * quality
                        + 30 * (buy ? 1 : 0)
                        + 0.2 * Math.min(100, textLength / 5000.0 * 100)
                        - 5 * errors;
        assertThat(value(quality, buy, textLength, errors))
                .isCloseTo(
                        Math.clamp(documented, 0, 100),
                        org.assertj.core.api.Assertions.within(1e-9));
    }

    @Provide
    Arbitrary<Rules.Weights> weights() {
        Arbitrary<Rules.Weights> others =
                Combinators.combine(
                                Arbitraries.doubles().between(0, 1).ofScale(6),
                                Arbitraries.doubles().between(0, 100).ofScale(6),
                                Arbitraries.doubles().between(0, 1).ofScale(6),
                                Arbitraries.doubles().between(0, 100).ofScale(6),
                                Arbitraries.integers().between(1, 10_000_000))
                        .as(Rules.Weights::new);
        return Arbitraries.oneOf(Arbitraries.just(WEIGHTS), others);
    }

    private static double value(double quality, boolean buy, int textLength, int errors) {
        return Formula.value(Formula.terms(WEIGHTS, quality, buy, textLength, errors));
    }
}
