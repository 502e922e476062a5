package io.jarvix.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Where the processor time of a URL goes: a warm end-to-end run under the Flight Recorder.
final class Profiling implements Case {

    private static final List<String> COMPILER = List.of("C# CompilerThre");
    private static final List<String> COLLECTOR = List.of("VM Thread", "GC Thread", "G#");

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String about() {
        return "processor time per URL by step, from a Flight Recorder profile of a warm end-to-end run";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        if (bench.quick()) {
            return;
        }
        Path recording = bench.work().resolve("profile.jfr");
        try (RunningOrigin origin = bench.origin(Bench.CLEAN);
                Suite suite = Suite.start(bench, bench.folder("suite"))) {
            SuiteRun.measure(bench, suite, origin, 5_000);
            SuiteRun.measure(bench, suite, origin, 5_000);
            String load = Machine.loadNow();
            Path settings = bench.work().resolve("profile.jfc");
            try (InputStream own =
                    Objects.requireNonNull(Profiling.class.getResourceAsStream("profile.jfc"))) {
                Files.copy(own, settings);
            }
            jcmd(suite, "JFR.start", "name=benchmark", "settings=" + settings);
            SuiteRun run = SuiteRun.measure(bench, suite, origin, 10_000);
            jcmd(suite, "JFR.stop", "name=benchmark", "filename=" + recording);
            print(bench.report(), run, Profile.read(recording), load);
        }
    }

    private static void print(Report report, SuiteRun run, Profile profile, String load) {
        Map<String, Long> threads = run.used().of("suite").threads();
        double compiler = sum(threads, COMPILER) / run.urls();
        double collector = sum(threads, COLLECTOR) / run.urls();
        double java = run.cpuMillisPerUrl() - compiler - collector;
        Report.Table table =
                report.table(
                        "Processor time per URL",
                        "10,000 URLs, warm, load "
                                + load
                                + ", "
                                + Figures.whole(profile.samples())
                                + " samples. Java threads divided by the samples, the others as the kernel counts them.",
                        "step",
                        "CPU ms/URL");
        for (Map.Entry<String, Double> step : profile.steps()) {
            table.row(run.accounting(), step.getKey(), Figures.two(step.getValue() * java));
        }
        table.row(run.accounting(), "just-in-time compiler", Figures.two(compiler));
        table.row(run.accounting(), "garbage collector", Figures.two(collector));
        table.row(run.accounting(), "suite in all", Figures.two(run.cpuMillisPerUrl()));
        table.row(run.accounting(), "PostgreSQL", Figures.two(run.databaseMillisPerUrl()));
        table.row(
                run.accounting(),
                "origin (not ours)",
                Figures.two((double) run.originCpuMillis() / run.urls()));
        report.line(
                "\nAllocated: "
                        + Figures.whole(profile.allocated() / 1024.0 / run.urls())
                        + " kB per URL, by step:\n");
        lines(report, profile.allocatingSteps());
        report.line("\nThe largest allocations:\n");
        lines(report, profile.allocators());
        report.line("\nThe methods with most samples:\n");
        lines(report, profile.hottest());
    }

    private static void lines(Report report, List<Map.Entry<String, Double>> shares) {
        for (Map.Entry<String, Double> share : shares) {
            report.line("- " + Figures.one(share.getValue() * 100) + " % `" + share.getKey() + "`");
        }
    }

    private static double sum(Map<String, Long> threads, List<String> beginnings) {
        return threads.entrySet().stream()
                .filter(thread -> beginnings.stream().anyMatch(thread.getKey()::startsWith))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static void jcmd(Suite suite, String... arguments)
            throws IOException, InterruptedException {
        Jcmd.run(suite.process().workerPid(), arguments);
    }
}
