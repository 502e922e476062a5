package io.jarvix.benchmarks;

import io.jarvix.contracts.RawRecord;
import java.util.UUID;

/// The origin's clean pages for loops outside this package. Thread rule: one thread.
public final class SamplePages {

    private static final UUID RUN = new UUID(1, 2);

    private final Records records = new Records(Bench.CLEAN);

    /// The HTML of a page.
    public byte[] body(int number) {
        return records.body(number);
    }

    /// The record of a page as if it had been fetched.
    public RawRecord record(int number, int length) {
        return records.record(RUN, number + 1, number, length);
    }
}
