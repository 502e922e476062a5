package io.jarvix.benchmarks;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// Numbers as they are printed, in any locale.
final class Figures {

    private Figures() {}

    /// What several measurements of the same thing say.
    ///
    /// @param median of an even number of them, the mean of the middle two
    record Spread(double median, double lowest, double highest) {

        static Spread of(DoubleStream measured) {
            double[] sorted = measured.sorted().toArray();
            if (sorted.length == 0) {
                throw new IllegalArgumentException("nothing was measured");
            }
            double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    static String one(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    static String two(double number) {
        return String.format(Locale.ROOT, "%,.2f", number);
    }

    static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.0f MB", bytes / (1024 * 1024));
    }
}
