package io.jarvix.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// From POST to PDF through the whole suite in one process, with broker, database and origin on the
/// same machine.
final class EndToEnd implements Case {

    private final String name;
    private final String about;
    private final SitePlan plan;
    private final List<Integer> sizes;
    private final List<Integer> quickSizes;

    private EndToEnd(
            String name,
            String about,
            SitePlan plan,
            List<Integer> sizes,
            List<Integer> quickSizes) {
        this.name = name;
        this.about = about;
        this.plan = plan;
        this.sizes = sizes;
        this.quickSizes = quickSizes;
    }

    /// The largest run comes last, so that what it adds to the peak is seen.
    static EndToEnd clean() {
        return new EndToEnd(
                "end-to-end",
                "POST to PDF at 1,000, 10,000 and 50,000 URLs: URLs/s, processor time, memory",
                Bench.CLEAN,
                List.of(1_000, 10_000, 10_000, 50_000),
                List.of(500, 1_500));
    }

    static EndToEnd withFaults() {
        return new EndToEnd(
                "faults",
                "POST to PDF where a tenth of the pages fails, redirects, drips or is forbidden, at 50 to 150 ms",
                new SitePlan(8, 200, 50, 150, 0.1),
                List.of(1_000, 10_000, 50_000),
                List.of());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        List<Integer> chosen = bench.quick() ? quickSizes : sizes;
        if (chosen.isEmpty()) {
            return;
        }
        Report.Table table =
                bench.report()
                        .table(
                                "End to end: " + name,
                                about
                                        + ". Sustained: between the tenth and the ninetieth hundredth of the run."
                                        + " The first row is the cold process; the rows below are the same process, warm.",
                                "URLs",
                                "URLs/s",
                                "sustained URLs/s",
                                "to the last URL, s",
                                "to the PDF, s",
                                "suite CPU ms/URL",
                                "PostgreSQL CPU ms/URL",
                                "origin CPU ms/URL",
                                "suite peak RSS",
                                "with PostgreSQL",
                                "live heap",
                                "connections, most",
                                "in flight, most",
                                "per host, most",
                                "trespasses",
                                "load");
        List<String> splits = new ArrayList<>();
        try (RunningOrigin origin = bench.origin(plan);
                Suite suite = Suite.start(bench, bench.folder("suite"))) {
            for (int urls : chosen) {
                String load = Machine.loadNow();
                SuiteRun run = SuiteRun.measure(bench, suite, origin, urls);
                row(table, run, suite, load);
                splits.add(split(run));
            }
        }
        bench.report().line("\nProcessor time of the suite by kind of thread, ms/URL:\n");
        splits.forEach(bench.report()::line);
    }

    private static void row(Report.Table table, SuiteRun run, Suite suite, String load)
            throws IOException, InterruptedException {
        JsonNode seen = run.origin();
        table.row(
                run.accounting(),
                Figures.whole(run.urls()),
                Figures.whole(run.urlsPerSecond()),
                Figures.whole(run.sustained()),
                Figures.one(run.seconds()),
                Figures.one(run.printed()),
                Figures.two(run.cpuMillisPerUrl()),
                Figures.two(run.databaseMillisPerUrl()),
                Figures.two((double) run.originCpuMillis() / run.urls()),
                Figures.megabytes(run.used().of("suite").peakBytes()),
                Figures.megabytes(run.used().peakTogether()),
                Figures.megabytes(suite.liveHeapBytes()),
                seen.get("peakConnections").asInt(),
                seen.get("peakInFlight").asInt(),
                seen.get("peakInFlightPerHost").asInt(),
                seen.get("trespasses").asInt(),
                load);
    }

    private static String split(SuiteRun run) {
        return "- "
                + Figures.whole(run.urls())
                + " URLs: "
                + run.used().of("suite").split(run.urls());
    }
}
