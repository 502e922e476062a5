package io.jarvix.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the suite.
@Command(
        name = "jarvix benchmark",
        mixinStandardHelpOptions = true,
        subcommands = {OriginCommand.class, SeedsCommand.class, BrokerCommand.class},
        description = {
            "Measures JARVIX as its users run it, prints tables, and writes them to"
                    + " benchmarks/results/<date>.md.",
            "Ends with 1 where a run was not 100 %% accounted for, or not as planned."
        },
        footer = {
            "",
            "Examples:",
            "  ./jarvix benchmark --quick",
            "  ./jarvix benchmark --case end-to-end",
            "  ./jarvix benchmark origin --port 18000 --faults 0.1"
        })
final class Main implements Callable<Integer> {

    private static final List<Case> CASES =
            List.of(
                    new StartUp(),
                    EndToEnd.clean(),
                    EndToEnd.withFaults(),
                    new Profiling(),
                    Downloading.near(),
                    Downloading.far(),
                    new Archiving(),
                    new ScoringCase(),
                    new Printing(),
                    new ChromiumPrinting(),
                    new InnerLoops());

    @Option(
            names = "--quick",
            description =
                    "Small cases, in two minutes; without faults, profile, latency, archive and chromium.")
    private boolean quick;

    @Option(names = "--list", description = "Lists the cases and ends.")
    private boolean list;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            description = "Only this case; may be given several times.")
    private Set<String> chosen = Set.of();

    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            defaultValue = "benchmarks/results",
            description = "Where <date>.md is written; default ${DEFAULT-VALUE}.")
    private Path results = Path.of("benchmarks/results");

    @Option(
            names = "--service-option",
            paramLabel = "OPTION",
            description =
                    "An option for the JVM of each service that is measured by itself, such as -Xmx128m.")
    private List<String> serviceOptions = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        if (list) {
            CASES.forEach(each -> out.printf("%-12s %s%n", each.name(), each.about()));
            return 0;
        }
        List<Case> cases = chosenCases();
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("jarvix-benchmark");
        Report report =
                new Report(out, root.resolve(results).resolve(LocalDate.now() + suffix() + ".md"));
        report.line("# JARVIX benchmark, " + LocalDate.now() + (quick ? ", quick" : "") + "\n");
        Machine.print(report, root);
        Bench bench = new Bench(root, work, quick, serviceOptions, report);
        List<String> broken = new ArrayList<>();
        List<String> times = new ArrayList<>();
        long begin = System.nanoTime();
        for (Case each : cases) {
            long start = System.nanoTime();
            run(each, bench, broken);
            times.add(each.name() + " " + secondsSince(start) + " s");
        }
        report.line("\nIt took " + secondsSince(begin) + " s: " + String.join(", ", times) + ".");
        return verdict(report, broken, work);
    }

    private static long secondsSince(long start) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    /// A case that breaks does not keep the others from being measured.
    private static void run(Case each, Bench bench, List<String> broken)
            throws InterruptedException {
        bench.report().progress(each.name() + ": " + each.about());
        try {
            each.run(bench);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            bench.report().line("\nFAILED: " + each.name() + ": " + e);
            broken.add(each.name() + ": " + e);
        }
    }

    private static int verdict(Report report, List<String> broken, Path work) throws IOException {
        List<String> incomplete = report.incomplete();
        if (broken.isEmpty() && incomplete.isEmpty()) {
            report.line("\nEvery run was 100 % accounted for, and as planned.");
            Bench.delete(work);
            return 0;
        }
        report.line("\nNOT 100 % accounted for:\n");
        broken.forEach(each -> report.line("- " + each));
        incomplete.forEach(each -> report.line("- " + each));
        report.progress("logs of the processes: " + work.resolve("logs"));
        return 1;
    }

    private List<Case> chosenCases() {
        Set<String> known = CASES.stream().map(Case::name).collect(Collectors.toSet());
        for (String name : chosen) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "There is no case " + name + "; --list shows them.");
            }
        }
        return CASES.stream()
                .filter(each -> chosen.isEmpty() || chosen.contains(each.name()))
                .toList();
    }

    /// A part of the suite does not overwrite the results of all of it.
    private String suffix() {
        String cases = chosen.isEmpty() ? "" : "-" + String.join("-", chosen);
        return (quick ? "-quick" : "") + cases;
    }
}
