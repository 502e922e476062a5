package io.jarvix.benchmarks;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The inner loops under JMH, one thread.
final class InnerLoops implements Case {

    private static final String QUICK = "(wholePage|jsoupTitleAndText|formula|normalisation)";

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String about() {
        return "inner loops on one thread: extraction, phrase matching, normalisation, formula, compression";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int iterations = bench.sized(5, 3);
        TimeValue iteration = TimeValue.milliseconds(bench.sized(1_000, 200));
        Options options =
                new OptionsBuilder()
                        .include("io\\.jarvix\\..*Loops\\." + (bench.quick() ? QUICK : ".*"))
                        .forks(bench.sized(2, 1))
                        .warmupIterations(iterations)
                        .warmupTime(iteration)
                        .measurementIterations(iterations)
                        .measurementTime(iteration)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build();
        String load = Machine.loadNow();
        Collection<RunResult> results = new Runner(options).run();
        Report.Table table =
                bench.report()
                        .table(
                                "Inner loops (JMH)",
                                about()
                                        + ". Over 256 pages of the origin; each loop checks its results before it is measured.",
                                "loop",
                                "per second",
                                "error (99.9 %)",
                                "microseconds each",
                                "load");
        List<RunResult> sorted =
                results.stream()
                        .sorted(Comparator.comparing(each -> each.getParams().getBenchmark()))
                        .toList();
        for (RunResult each : sorted) {
            Result<?> primary = each.getPrimaryResult();
            String name = each.getParams().getBenchmark();
            table.row(
                    new Accounting(1, 1, 1),
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    Figures.whole(primary.getScore()),
                    Figures.whole(primary.getScoreError()),
                    Figures.two(1e6 / primary.getScore()),
                    load);
        }
    }
}
