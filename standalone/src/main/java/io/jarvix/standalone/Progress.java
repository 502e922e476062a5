package io.jarvix.standalone;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Shows how a run goes on: a bar that is drawn over itself on a terminal, a line now and then
/// elsewhere.
sealed interface Progress {

    void show(RunStatus status);

    /// The last thing shown stays.
    void end();

    static Progress on(PrintWriter out) {
        Console console = System.console();
        return console != null && console.isTerminal() ? new Bar(out) : new Lines(out);
    }

    /// `SCORED 31, FAILED 4` and so on: states without a line are left out.
    static String counts(RunStatus status) {
        StringBuilder counts = new StringBuilder();
        status.counts()
                .forEach(
                        (state, count) -> {
                            if (count > 0) {
                                counts.append(counts.isEmpty() ? "" : ", ")
                                        .append(count)
                                        .append(' ')
                                        .append(state);
                            }
                        });
        return counts.toString();
    }

    static String rate(RunStatus status) {
        String rate = String.format(Locale.ROOT, "%.0f URLs/s", status.urlsPerSecond());
        return status.eta().map(eta -> rate + ", " + clock(eta) + " to go").orElse(rate);
    }

    private static String clock(Duration time) {
        return time.toHours() > 0
                ? "%d:%02d:%02d"
                        .formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    /// On a terminal: one line for the bar, one for what the run waits for.
    final class Bar implements Progress {

        private static final int WIDTH = 24;
        private static final String CLEAR_TO_END_OF_SCREEN = "\u001b[0J";
        private static final String UP_ONE_LINE = "\u001b[1A";

        private final PrintWriter out;
        private int linesDrawn;

        Bar(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(RunStatus status) {
            out.print("\r" + UP_ONE_LINE.repeat(linesDrawn) + CLEAR_TO_END_OF_SCREEN);
            int filled =
                    status.submitted() == 0
                            ? 0
                            : (int) ((long) WIDTH * status.done() / status.submitted());
            out.print(
                    "[%s%s] %d/%d  %s  %s"
                            .formatted(
                                    "█".repeat(filled),
                                    "·".repeat(WIDTH - filled),
                                    status.done(),
                                    status.submitted(),
                                    rate(status),
                                    counts(status)));
            linesDrawn = 0;
            if (!status.ended() && !status.waitingFor().isEmpty()) {
                out.print(System.lineSeparator() + "  waits: " + status.waitingFor().getFirst());
                linesDrawn = 1;
            }
            out.flush();
        }

        @Override
        public void end() {
            out.println();
        }
    }

    /// Elsewhere: a line when the run has changed, at most one in two seconds, and always the last
    /// one.
    final class Lines implements Progress {

        private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

        private final PrintWriter out;
        private long lastShown = System.nanoTime() - EVERY_NANOS;
        private String last = "";

        Lines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(RunStatus status) {
            String line =
                    "%s %d/%d  %s  %s"
                            .formatted(
                                    status.state(),
                                    status.done(),
                                    status.submitted(),
                                    rate(status),
                                    counts(status));
            boolean due = System.nanoTime() - lastShown >= EVERY_NANOS;
            if (status.ended() || (due && !line.equals(last))) {
                out.println(line);
                out.flush();
                last = line;
                lastShown = System.nanoTime();
            }
        }

        @Override
        public void end() {
            // The last line was shown when the run ended.
        }
    }
}
