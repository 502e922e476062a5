package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why a page's score is another one than before: what each term of the formula gives more or less,
/// and the findings that came and went. A page that has one of the two scores only differs by all
/// of it.
///
/// @param terms the terms whose points changed, in the formula's order
/// @param appeared deductions, defects and phrases that were not found before
/// @param gone deductions, defects and phrases that are not found any more
/// @param action what the recommendation went from and to; absent where it is the same
/// @param rules the versions of the rules that the scores went from and to; absent where they are
///     the same, and the page alone made the difference
@Pure
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScoreDifference(
        List<Term> terms,
        List<Finding> appeared,
        List<Finding> gone,
        @Nullable FromTo<Action> action,
        @Nullable FromTo<String> rules) {

    /// One term of the formula. Points that are absent in one of the two scores count as 0.
    ///
    /// @param change points now less points before
    record Term(String name, double before, double now, double change) {}

    enum Kind {
        DEDUCTION,
        DEFECT,
        PHRASE
    }

    /// What the scorer found on the page.
    ///
    /// @param name the rule, the defect or the phrase
    /// @param points that a deduction takes off the quality; absent for the others
    /// @param why the scorer's sentence; for a phrase, the text around it
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finding(Kind kind, String name, @Nullable Double points, String why) {}

    record FromTo<T>(T from, T to) {}

    private record Identity(Kind kind, String name, @Nullable Double points) {}

    static ScoreDifference of(@Nullable Score before, @Nullable Score now) {
        Map<Identity, Finding> then = findings(before);
        Map<Identity, Finding> today = findings(now);
        return new ScoreDifference(
                terms(before, now),
                without(today, then),
                without(then, today),
                before == null || now == null ? null : changed(before.action(), now.action()),
                before == null || now == null
                        ? null
                        : changed(before.rulesVersion(), now.rulesVersion()));
    }

    private static <T> @Nullable FromTo<T> changed(T from, T to) {
        return from.equals(to) ? null : new FromTo<>(from, to);
    }

    private static List<Term> terms(@Nullable Score before, @Nullable Score now) {
        Map<String, Double> then = points(before);
        Map<String, Double> today = points(now);
        return Stream.concat(today.keySet().stream(), then.keySet().stream())
                .distinct()
                .map(
                        name ->
                                term(
                                        name,
                                        then.getOrDefault(name, 0.0),
                                        today.getOrDefault(name, 0.0)))
                .filter(term -> term.change() != 0)
                .toList();
    }

    private static Term term(String name, double before, double now) {
        return new Term(name, before, now, inThousandths(now - before));
    }

    /// Without what the subtraction of two printed numbers adds to them.
    static double inThousandths(double difference) {
        return Math.round(difference * 1_000) / 1_000.0;
    }

    private static Map<String, Double> points(@Nullable Score score) {
        Map<String, Double> points = new LinkedHashMap<>();
        if (score != null) {
            score.terms().forEach(term -> points.merge(term.name(), term.points(), Double::sum));
        }
        return points;
    }

    private static Map<Identity, Finding> findings(@Nullable Score score) {
        Map<Identity, Finding> findings = new LinkedHashMap<>();
        if (score == null) {
            return findings;
        }
        List<Finding> all = new ArrayList<>();
        score.deductions()
                .forEach(d -> all.add(new Finding(Kind.DEDUCTION, d.rule(), d.points(), d.why())));
        score.defects().forEach(d -> all.add(new Finding(Kind.DEFECT, d.name(), null, d.why())));
        score.evidence()
                .forEach(e -> all.add(new Finding(Kind.PHRASE, e.phrase(), null, e.snippet())));
        all.forEach(f -> findings.putIfAbsent(new Identity(f.kind(), f.name(), f.points()), f));
        return findings;
    }

    private static List<Finding> without(Map<Identity, Finding> all, Map<Identity, Finding> these) {
        return all.entrySet().stream()
                .filter(finding -> !these.containsKey(finding.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
