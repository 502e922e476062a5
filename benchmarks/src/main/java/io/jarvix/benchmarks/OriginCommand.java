package io.jarvix.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The test origin as a process of its own. Prints `origin listening on PORT` when it is ready.
@Command(
        name = "origin",
        mixinStandardHelpOptions = true,
        description =
                "Serves the test origin until stopped: many sites on 127.0.0.0/8, counters at"
                        + " http://127.0.0.1:PORT/counters.")
final class OriginCommand implements Callable<Integer> {

    static final String READY = "origin listening on ";

    @Mixin private SiteOptions site = new SiteOptions();

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "The port; 0, the default: a free one.")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        Origin origin = Origin.start(site.plan(), port);
        System.out.println(READY + origin.port());
        System.out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
