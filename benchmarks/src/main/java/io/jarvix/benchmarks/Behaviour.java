package io.jarvix.benchmarks;

import java.util.Locale;

/// What the origin does when a page is asked for, how often among the faults, and how the ledger
/// must end for it.
enum Behaviour {
    PAGE(0, "SCORED"),
    /// 302 to the page.
    REDIRECT(30, "SCORED"),
    NOT_FOUND(30, "FAILED"),
    /// 500 at first, then the page.
    FLAKY(10, "SCORED"),
    /// 503 with `Retry-After: 1` at first, then the page.
    BUSY(10, "SCORED"),
    /// Disallowed by the host's robots.txt: asking for it at all is counted as a trespass.
    PRIVATE(10, "BLOCKED"),
    /// The connection is reset in the middle of the answer, each time.
    RESET(6, "FAILED"),
    /// 64 MiB behind 64 KiB of gzip: cut at the cap and scored.
    BOMB(3, "SCORED"),
    /// A byte now and then, without end: runs into the fetch's deadline, each time.
    DRIP(1, "FAILED");

    private final int weight;
    private final String ledgerState;

    Behaviour(int weight, String ledgerState) {
        this.weight = weight;
        this.ledgerState = ledgerState;
    }

    String ledgerState() {
        return ledgerState;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The fault at a point of the cumulated weights.
    ///
    /// @param point 0 to 1, exclusive
    static Behaviour atFault(double point) {
        int total = 0;
        for (Behaviour behaviour : values()) {
            total += behaviour.weight;
        }
        double left = point * total;
        for (Behaviour behaviour : values()) {
            left -= behaviour.weight;
            if (left < 0) {
                return behaviour;
            }
        }
        return PAGE;
    }
}
