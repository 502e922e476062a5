package io.jarvix.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The results as Markdown, on the screen and in a file, row by row as they come, so that a suite
/// that is stopped leaves what it measured. Thread rule: one thread.
final class Report {

    private final PrintStream screen;
    private final Path file;
    private final List<String> incomplete = new ArrayList<>();

    /// @param file made anew, with the folders above it
    Report(PrintStream screen, Path file) throws IOException {
        this.screen = screen;
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "");
    }

    void line(String text) {
        screen.println(text);
        screen.flush();
        try {
            Files.writeString(file, text + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Only for the screen: what is going on.
    void progress(String text) {
        screen.println("  .. " + text);
        screen.flush();
    }

    /// Begins a table; the columns of the accounting are added to each.
    Table table(String heading, String note, String... columns) {
        line("\n## " + heading + "\n\n" + note + "\n");
        List<String> all = new ArrayList<>(List.of(columns));
        all.add("accounted");
        all.add("as planned");
        line("| " + String.join(" | ", all) + " |");
        line("|" + "---|".repeat(all.size()));
        return new Table(heading, columns.length);
    }

    /// Rows that were not accounted for, or not as planned; empty where all is well.
    List<String> incomplete() {
        return List.copyOf(incomplete);
    }

    /// A table that has begun; nothing else is printed until its last row.
    final class Table {

        private final String heading;
        private final int columns;

        private Table(String heading, int columns) {
            this.heading = heading;
            this.columns = columns;
        }

        void row(Accounting accounting, Object... cells) {
            if (cells.length != columns) {
                throw new IllegalArgumentException(heading + " has " + columns + " columns");
            }
            StringBuilder row = new StringBuilder("|");
            for (Object cell : cells) {
                row.append(' ').append(cell).append(" |");
            }
            line(
                    row
                            + " "
                            + accounting.accountedPercent()
                            + " | "
                            + accounting.asPlannedPercent()
                            + " |");
            if (!accounting.complete()) {
                incomplete.add(heading + ": " + cells[0] + ": " + accounting);
            }
        }
    }
}
