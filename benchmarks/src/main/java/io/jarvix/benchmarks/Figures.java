package io.jarvix.benchmarks;

import java.util.Locale;

/// Numbers as they are printed, in any locale.
final class Figures {

    private Figures() {}

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
