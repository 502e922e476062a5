package io.jarvix.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jarvix run`: starts the suite, runs one seed list through it, writes the report and stops.
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a seed list through the suite and writes the report.",
            "Stopped half-way (Ctrl-C), the same command goes on where it stopped."
        })
final class RunCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SuiteMixin suite;

    @Parameters(
            paramLabel = "SEEDS",
            description = "A text file with one URL a line; '#' begins a comment.")
    private Path seeds;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PDF",
            defaultValue = "report.pdf",
            description = "Where the report is written (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--name",
            description =
                    "The run's name; runs of one name are compared (default: the seed file's).")
    private String name = "";

    @Override
    public Integer call() {
        readable(seeds);
        writable(out);
        SuiteOptions options =
                new SuiteOptions(
                        suite.host(), Suite.freePort(), suite.data(), namesDemoHost(seeds), true);
        Suite started = Suite.prepare(options);
        RunSession session =
                new RunSession(
                        new GatewayClient(options.url()),
                        started.folder(),
                        spec.commandLine().getOut());
        Services.run(() -> session.run(seeds, name.isEmpty() ? nameOf(seeds) : name, out));
        return ExitCode.OK.code();
    }

    private static void readable(Path seeds) {
        if (!Files.isRegularFile(seeds) || !Files.isReadable(seeds)) {
            throw new CommandException(
                    ExitCode.SEEDS,
                    "There is no seed file "
                            + seeds
                            + " that can be read. Give a text file with one URL a line.");
        }
    }

    private static void writable(Path out) {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isWritable(folder)) {
            throw new CommandException(
                    ExitCode.USAGE, "The report cannot be written to " + out + ".");
        }
    }

    private static String nameOf(Path seeds) {
        return String.valueOf(seeds.getFileName()).replaceFirst("\\.[^.]+$", "");
    }

    private static boolean namesDemoHost(Path seeds) {
        try (Stream<String> lines = Files.lines(seeds, UTF_8)) {
            return lines.anyMatch(RunCommand::isOnDemoHost);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new CommandException(
                    ExitCode.SEEDS, "The seed file is not UTF-8 text: " + seeds, e);
        }
    }

    private static boolean isOnDemoHost(String line) {
        int host = line.indexOf("://") + 3;
        int end = host;
        while (end < line.length() && ":/?#".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return host > 2 && DemoSite.isDemoHost(line.substring(host, end));
    }
}
