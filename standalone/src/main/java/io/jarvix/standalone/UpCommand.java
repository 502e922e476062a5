package io.jarvix.standalone;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `jarvix up`: serves until stopped.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the suite and serves its API until stopped.")
final class UpCommand implements Callable<Integer> {

    @Mixin private SuiteMixin suite;

    @Option(
            names = {"-p", "--port"},
            defaultValue = "8080",
            description = "The port of the API; 0: any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--demo",
            description =
                    "Serve the demo site of examples/seeds.txt too, and let the collector reach it.")
    private boolean demo;

    @Override
    public Integer call() {
        int chosen = port == 0 ? Suite.freePort() : port;
        Suite.prepare(new SuiteOptions(suite.host(), chosen, suite.data(), demo, false));
        Services.run(Quarkus::waitForExit);
        return ExitCode.OK.code();
    }
}
