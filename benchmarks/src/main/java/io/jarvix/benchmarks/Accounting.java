package io.jarvix.benchmarks;

import java.util.Locale;

/// What became of what was submitted. No figure is printed without one.
///
/// @param submitted lines, pages or requests that went in
/// @param accounted those that came out in one terminal state
/// @param asPlanned those that came out in the state that the plan foresees for them
record Accounting(long submitted, long accounted, long asPlanned) {

    /// Everything came out, and as it must.
    boolean complete() {
        return accounted == submitted && asPlanned == submitted;
    }

    /// This and another, as one.
    Accounting plus(Accounting other) {
        return new Accounting(
                submitted + other.submitted,
                accounted + other.accounted,
                asPlanned + other.asPlanned);
    }

    String accountedPercent() {
        return percent(accounted);
    }

    String asPlannedPercent() {
        return percent(asPlanned);
    }

    /// Two decimals; never rounded up to 100 where something is missing.
    private String percent(long part) {
        if (submitted == 0) {
            return "0 %";
        }
        if (part == submitted) {
            return "100 %";
        }
        return String.format(Locale.ROOT, "%.2f %%", Math.floor(10_000.0 * part / submitted) / 100);
    }
}
