package io.jarvix.gateway;

/// Where a submitted line stands. A line leaves an open state and never a terminal one: what comes
/// first, stays.
enum LineState {
    /// Not an http(s) URL; the line and the reason are kept.
    INVALID,
    /// The same normalised URL stands earlier in this run.
    DUPLICATE,
    /// Waits to be dispatched.
    PENDING,
    /// Is with the collector, under a lease.
    DISPATCHED,
    SCORED,
    FAILED,
    BLOCKED,
    /// Its leases, or the run's deadline, ran out.
    EXPIRED,
    CANCELLED;

    /// Whether the line still waits for its end.
    boolean open() {
        return this == PENDING || this == DISPATCHED;
    }

    /// The name of its counter in table `run`.
    String column() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
