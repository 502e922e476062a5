package io.jarvix.benchmarks;

import java.util.List;

/// Which pages the origin has: a pure function of the page's number, so that the origin, the seed
/// list and the check of the ledger agree without talking. Safe from any thread.
///
/// Sizes are log-normal with a mean of 44 KiB, as web pages are; about one page in thirty is the
/// copy of another one.
///
/// @param seed two plans with the same parameters are the same plan
/// @param hosts the pages are dealt to so many hosts in turn; a host has one language
/// @param minLatencyMillis of a page, before its first byte
/// @param maxLatencyMillis equal to the minimum: every page takes as long
/// @param faultShare 0 to 1: how many of the pages are not simply served
record SitePlan(
        long seed, int hosts, int minLatencyMillis, int maxLatencyMillis, double faultShare) {

    static final int MEAN_BYTES = 44 * 1024;

    private static final double SIGMA = 0.75;
    private static final double MU = Math.log(MEAN_BYTES) - SIGMA * SIGMA / 2;
    private static final int SMALLEST = 3 * 1024;
    private static final int LARGEST = 1024 * 1024;
    private static final double DUPLICATE_SHARE = 0.03;
    private static final double BUYING_SHARE = 0.3;

    SitePlan {
        if (hosts < 1 || hosts > 200 * 250) {
            throw new IllegalArgumentException("hosts must be 1 to 50,000: " + hosts);
        }
        if (minLatencyMillis < 0 || maxLatencyMillis < minLatencyMillis) {
            throw new IllegalArgumentException(
                    "latency must be 0 or more, and rise: "
                            + minLatencyMillis
                            + " to "
                            + maxLatencyMillis);
        }
        if (!(faultShare >= 0 && faultShare <= 1)) {
            throw new IllegalArgumentException("faultShare must be 0 to 1: " + faultShare);
        }
    }

    /// One page.
    ///
    /// @param content the number of the page whose text this page shows; its own, but for a
    ///     duplicate
    record Page(
            int number,
            int host,
            Language language,
            int content,
            int targetBytes,
            boolean buying,
            int latencyMillis,
            Behaviour behaviour) {

        boolean duplicate() {
            return content != number;
        }
    }

    Page page(int number) {
        int host = number % hosts;
        int content = contentOf(number);
        return new Page(
                number,
                host,
                languageOf(host),
                content,
                bytesOf(content),
                uniform(content, 3) < BUYING_SHARE,
                latencyOf(number),
                behaviourOf(number));
    }

    Language languageOf(int host) {
        Language[] languages = Language.values();
        return languages[host % languages.length];
    }

    /// The address of a host: one of 127.0.0.0/8, never 127.0.0.1 itself.
    static String addressOf(int host) {
        return "127.0." + (1 + host / 250) + "." + (1 + host % 250);
    }

    /// The path of a page, which ends in its number.
    String pathOf(Page page) {
        Language language = page.language();
        String folder = page.behaviour() == Behaviour.PRIVATE ? "private" : language.code();
        return "/"
                + folder
                + "/"
                + word(page, 5)
                + "-"
                + word(page, 6)
                + "-"
                + page.number()
                + ".html";
    }

    String urlOf(int number, int port) {
        Page page = page(number);
        return "http://" + addressOf(page.host()) + ":" + port + pathOf(page);
    }

    /// A number in [0, 1) for each page and purpose.
    double uniform(int number, int purpose) {
        long z = seed + 0x9E3779B97F4A7C15L * (number + 1L) + 0xD1B54A32D192ED03L * (purpose + 1L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-53;
    }

    private int contentOf(int number) {
        int content = number;
        while (content >= hosts && uniform(content, 0) < DUPLICATE_SHARE) {
            content -= hosts;
        }
        return content;
    }

    private int bytesOf(int number) {
        double normal =
                Math.sqrt(-2 * Math.log(1 - uniform(number, 1)))
                        * Math.cos(2 * Math.PI * uniform(number, 2));
        return (int) Math.clamp(Math.exp(MU + SIGMA * normal), SMALLEST, LARGEST);
    }

    private int latencyOf(int number) {
        int span = maxLatencyMillis - minLatencyMillis;
        return minLatencyMillis + (int) (uniform(number, 4) * (span + 1));
    }

    private Behaviour behaviourOf(int number) {
        return uniform(number, 7) < faultShare
                ? Behaviour.atFault(uniform(number, 8))
                : Behaviour.PAGE;
    }

    private String word(Page page, int purpose) {
        List<String> slugs = page.language().slugs();
        return slugs.get((int) (uniform(page.number(), purpose) * slugs.size()));
    }
}
