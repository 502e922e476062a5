package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreDifferenceTest {

    private static final Score BEFORE =
            score(
                    36.3,
                    "2026.1",
                    Action.SKIP,
                    List.of(
                            new Score.ScoreTerm("quality", 90, 0.4, 36),
                            new Score.ScoreTerm("buy", 0, 30, 0),
                            new Score.ScoreTerm("depth", 1.5, 0.2, 0.3)),
                    List.of(
                            new Score.Deduction("text-thin", 10, "80 words."),
                            new Score.Deduction("h1-missing", 5, "No h1.")),
                    List.of(new Score.Defect("title-missing", "No title.")),
                    List.of());
    private static final Score NOW =
            score(
                    70.4,
                    "2026.1",
                    Action.MONITOR,
                    List.of(
                            new Score.ScoreTerm("quality", 95, 0.4, 38.1),
                            new Score.ScoreTerm("buy", 1, 30, 30),
                            new Score.ScoreTerm("depth", 1.5, 0.2, 0.3)),
                    List.of(new Score.Deduction("text-thin", 10, "90 words.")),
                    List.of(),
                    List.of(new Score.Evidence("buy", "add to cart", "en", 12, "… add to cart …")));

    @Test
    void theTermsThatChangedAndTheFindingsThatCameAndWentAreNamed() {
        ScoreDifference why = ScoreDifference.of(BEFORE, NOW);

        assertThat(why.terms())
                .containsExactly(
                        new ScoreDifference.Term("quality", 36, 38.1, 2.1),
                        new ScoreDifference.Term("buy", 0, 30, 30));
        assertThat(why.appeared())
                .containsExactly(
                        new ScoreDifference.Finding(
                                ScoreDifference.Kind.PHRASE,
                                "add to cart",
                                null,
                                "… add to cart …"));
        assertThat(why.gone())
                .containsExactly(
                        new ScoreDifference.Finding(
                                ScoreDifference.Kind.DEDUCTION, "h1-missing", 5.0, "No h1."),
                        new ScoreDifference.Finding(
                                ScoreDifference.Kind.DEFECT, "title-missing", null, "No title."));
        assertThat(why.action())
                .isEqualTo(new ScoreDifference.FromTo<>(Action.SKIP, Action.MONITOR));
        assertThat(why.rules()).isNull();
    }

    @Test
    void otherRulesAreNamedAsACause() {
        Score other =
                score(
                        36.3,
                        "2026.2",
                        Action.SKIP,
                        BEFORE.terms(),
                        List.of(
                                new Score.Deduction("text-thin", 20, "80 words."),
                                new Score.Deduction("h1-missing", 5, "No h1.")),
                        BEFORE.defects(),
                        List.of());

        ScoreDifference why = ScoreDifference.of(BEFORE, other);

        assertThat(why.rules()).isEqualTo(new ScoreDifference.FromTo<>("2026.1", "2026.2"));
        assertThat(why.terms()).isEmpty();
        assertThat(why.appeared())
                .extracting(ScoreDifference.Finding::points)
                .containsExactly(20.0);
        assertThat(why.gone()).extracting(ScoreDifference.Finding::points).containsExactly(10.0);
        assertThat(why.action()).isNull();
    }

    @Test
    void aNewPageAndAGonePageDifferByAllOfTheirScore() {
        ScoreDifference appeared = ScoreDifference.of(null, NOW);
        ScoreDifference gone = ScoreDifference.of(NOW, null);

        assertThat(appeared.terms())
                .extracting(ScoreDifference.Term::change)
                .containsExactly(38.1, 30.0, 0.3);
        assertThat(gone.terms())
                .extracting(ScoreDifference.Term::change)
                .containsExactly(-38.1, -30.0, -0.3);
        assertThat(appeared.appeared()).isEqualTo(gone.gone()).hasSize(2);
        assertThat(appeared.action()).isNull();
    }

    @Test
    void theSameScoreHasNoDifference() {
        assertThat(ScoreDifference.of(NOW, NOW))
                .isEqualTo(new ScoreDifference(List.of(), List.of(), List.of(), null, null));
    }

    private static Score score(
            double value,
            String rules,
            Action action,
            List<Score.ScoreTerm> terms,
            List<Score.Deduction> deductions,
            List<Score.Defect> defects,
            List<Score.Evidence> evidence) {
        return new Score(
                value, rules, terms, deductions, defects, evidence, action, 0.7, "R.", "N.", 1);
    }
}
