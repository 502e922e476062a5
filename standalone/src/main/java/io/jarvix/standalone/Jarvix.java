package io.jarvix.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line. `./jarvix test`, `build` and `benchmark` are the script's own and never come
/// here.
@QuarkusMain
@Command(
        name = "jarvix",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Turns a list of seed URLs into a ranked, explained, printable market report.",
        subcommands = {
            RunCommand.class,
            UpCommand.class,
            KeysCommand.class,
            CommandLine.HelpCommand.class
        },
        footerHeading = "%nOf the script itself:%n",
        footer = {
            "  build      Build the suite (done by itself where a source has changed).",
            "  test       Run all checks and tests.",
            "  benchmark  Measure the suite and print the figures.",
            "",
            "Exit codes: 0 done, 1 defect, 2 wrong command line, 3 seeds unreadable, 4 data folder in use,",
            "5 port in use, 6 start failed, 7 no report, 8 no JDK, 9 build failed, 130 interrupted."
        })
public final class Jarvix implements Runnable {

    @Spec private CommandSpec spec;

    public static void main(String... args) {
        System.exit(
                new CommandLine(new Jarvix()).setExecutionExceptionHandler(errors()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    private static IExecutionExceptionHandler errors() {
        return (exception, commandLine, parsed) -> {
            PrintWriter err = commandLine.getErr();
            if (exception instanceof CommandException failure) {
                err.println("jarvix: " + failure.getMessage());
                return failure.exitCode().code();
            }
            exception.printStackTrace(err);
            return ExitCode.FAILED.code();
        };
    }
}
