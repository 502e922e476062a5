package io.jarvix.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How long `./jarvix up` takes to be ready, with an empty data folder and with that of the start
/// before.
final class StartUp implements Case {

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public String about() {
        return "command to first ready answer, cold and warm data folder";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        Report.Table table =
                bench.report()
                        .table(
                                "Start-up",
                                "From `./jarvix up` to the first 200 of the readiness check; median of the starts.",
                                "data folder",
                                "starts",
                                "seconds",
                                "least",
                                "most",
                                "RSS when ready",
                                "load");
        int starts = bench.sized(5, 1);
        measure(bench, table, "empty", starts, true);
        if (!bench.quick()) {
            measure(bench, table, "of the start before", starts, false);
        }
    }

    private static void measure(
            Bench bench, Report.Table table, String label, int starts, boolean empty)
            throws IOException, InterruptedException {
        String load = Machine.loadNow();
        List<Double> seconds = new ArrayList<>();
        long resident = 0;
        Path data = bench.work().resolve("start-up");
        for (int i = 0; i < starts; i++) {
            if (empty) {
                data = bench.folder("start-up");
            }
            try (Suite suite = Suite.start(bench, data)) {
                seconds.add(suite.startTime().toMillis() / 1000.0);
                resident = ProcessUsage.residentBytes(suite.process().workerPid());
            }
        }
        seconds.sort(null);
        table.row(
                new Accounting(starts, seconds.size(), seconds.size()),
                label,
                starts,
                Figures.one(seconds.get(seconds.size() / 2)),
                Figures.one(seconds.getFirst()),
                Figures.one(seconds.getLast()),
                Figures.megabytes(resident),
                load);
    }
}
