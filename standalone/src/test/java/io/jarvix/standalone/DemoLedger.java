package io.jarvix.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What must become of each line of `examples/seeds.txt`: `demo-expected.csv`, written by hand with
/// the demo site.
record DemoLedger(List<Line> lines) {

    /// @param ordinal the line's number in the file
    /// @param state the ledger's terminal state
    /// @param cause the failure kind, the block rule, or the line that a duplicate repeats; empty
    ///     where there is none
    /// @param action of a scored page, else empty
    record Line(int ordinal, String url, String state, String cause, String action) {}

    static DemoLedger read() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String row :
                Files.readAllLines(Path.of("src", "test", "resources", "demo-expected.csv"))) {
            if (row.startsWith("line,")) {
                continue;
            }
            String[] cells = row.split(",", -1);
            lines.add(
                    new Line(
                            Integer.parseInt(cells[0].strip()),
                            cells[1].strip(),
                            cells[2].strip(),
                            cells[3].strip(),
                            cells[4].strip()));
        }
        return new DemoLedger(lines);
    }

    /// Lines per state, by the names of the API's counts.
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        lines.forEach(line -> counts.merge(line.state(), 1, Integer::sum));
        return counts;
    }
}
