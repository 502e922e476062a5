package io.jarvix.benchmarks;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The origin's pages as a seed list, for own experiments with a running origin.
@Command(
        name = "seeds",
        mixinStandardHelpOptions = true,
        description = "Prints the URLs of a running origin's pages, one a line.")
final class SeedsCommand implements Callable<Integer> {

    @Mixin private SiteOptions site = new SiteOptions();

    @Option(names = "--port", required = true, description = "The origin's port.")
    private int port;

    @Option(
            names = "--first",
            defaultValue = "0",
            description = "The first page; 0 is the default.")
    private int first;

    @Option(names = "--count", defaultValue = "1000", description = "How many; default 1000.")
    private int count;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        SitePlan plan = site.plan();
        PrintWriter out = spec.commandLine().getOut();
        for (int number = first; number < first + count; number++) {
            out.println(plan.urlOf(number, port));
        }
        out.flush();
        return 0;
    }
}
