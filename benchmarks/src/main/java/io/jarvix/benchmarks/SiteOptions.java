package io.jarvix.benchmarks;

import picocli.CommandLine.Option;

/// The options by which a [SitePlan] is chosen on the command line.
final class SiteOptions {

    @Option(names = "--seed", defaultValue = "8", description = "Another seed, other pages.")
    private long seed;

    @Option(
            names = "--hosts",
            defaultValue = "200",
            description = "How many sites the pages are dealt to; default 200.")
    private int hosts;

    @Option(
            names = "--latency",
            defaultValue = "0",
            description = "Milliseconds before an answer, 100 or 50-150; default 0.")
    private String latency = "0";

    @Option(
            names = "--faults",
            defaultValue = "0",
            description =
                    "Share of pages with a fault, 0 to 1: redirects, 404, 500 and 503 that pass,"
                            + " robots, resets, bombs, slow drips; default 0.")
    private double faults;

    SitePlan plan() {
        int dash = latency.indexOf('-');
        int least = Integer.parseInt(dash < 0 ? latency : latency.substring(0, dash));
        int most = dash < 0 ? least : Integer.parseInt(latency.substring(dash + 1));
        return new SitePlan(seed, hosts, least, most, faults);
    }
}
