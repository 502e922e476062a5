package io.jarvix.scoring;

import io.jarvix.contracts.Pure;

/// What the reading of one page may take beyond its looks at each character: a number of steps that
/// grows with the page's length, and no clock, so that a page which takes too much does so on every
/// machine. Pages of the web take less than one step a character. Not for use by two threads at
/// once.
@Pure
final class Effort {

    static final int STEPS_PER_CHARACTER = 64;

    /// What the shortest page has.
    static final int STEPS_OF_ANY_PAGE = 100_000;

    private long granted;
    private long left;

    /// Begins a page.
    void begin(int characters) {
        granted = STEPS_OF_ANY_PAGE + (long) STEPS_PER_CHARACTER * characters;
        left = granted;
    }

    /// @throws TooMuchEffortException where the page has taken all that it may
    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw new TooMuchEffortException(granted);
        }
    }

    long spent() {
        return granted - left;
    }
}
