package io.jarvix.collector;

import io.jarvix.contracts.Pure;

/// How fast one host is asked, from what it said before: its limit, its pause, and when it was last
/// asked. Times are those of [Politeness]. Thread rule: one thread at a time.
@Pure
final class HostPace {

    private static final int GOOD_ANSWERS_PER_STEP = 10;
    private static final long NEVER = Long.MIN_VALUE / 2;

    /// A slowed host's limit is forgotten after so long without a request.
    private static final long RECOVERY_MILLIS = 10 * 60 * 1000L;

    private final PolitenessLimits limits;
    private int limit;
    private int goodInARow;
    private int pausesInARow;
    private boolean suspect;
    private long lastSent = NEVER;
    private long lastDelay;
    private long notBefore = NEVER;
    private long slowedAt = NEVER;

    HostPace(PolitenessLimits limits) {
        this.limits = limits;
        this.limit = limits.perHost();
    }

    /// Requests at once that it bears now.
    int limit() {
        return limit;
    }

    /// Whether it did not answer the last time.
    boolean isSuspect() {
        return suspect;
    }

    /// @param limit requests at once
    /// @param pauseMillis until it may be asked again after it asked for less or did not answer
    /// @param silent whether it did not answer
    record Standing(int limit, long pauseMillis, boolean silent) {}

    Standing standing(long now) {
        return new Standing(limit, Math.max(0, notBefore - now), suspect);
    }

    /// When a request may go out that wants so much delay after the one before.
    long earliest(long delay) {
        return Math.max(notBefore, lastSent + delay);
    }

    void begun(long delay) {
        lastDelay = delay;
    }

    void sent(long now) {
        lastSent = Math.max(lastSent, now);
    }

    void praise() {
        suspect = false;
        pausesInARow = 0;
        if (limit < limits.perHost() && ++goodInARow >= GOOD_ANSWERS_PER_STEP) {
            limit++;
            goodInARow = 0;
        }
    }

    void silent(long startedAt, long now) {
        suspect = true;
        slowDown(startedAt, -1, now);
    }

    /// Answers to requests that began before the last slow-down say nothing new: they lengthen the
    /// pause, and do not halve the limit again.
    ///
    /// @param pauseMillis as the host asks; negative: it says nothing
    void slowDown(long startedAt, long pauseMillis, long now) {
        goodInARow = 0;
        if (startedAt > slowedAt) {
            limit = Math.max(1, limit / 2);
            pausesInARow++;
            slowedAt = now;
        }
        long pause =
                pauseMillis >= 0
                        ? pauseMillis
                        : limits.backOffMillis() << Math.clamp(pausesInARow - 1L, 0, 16);
        notBefore = Math.max(notBefore, now + Math.min(pause, limits.maxBackOffMillis()));
    }

    /// From when on a host without requests is as one that was never asked.
    long rememberedUntil() {
        long until = earliest(lastDelay);
        return limit < limits.perHost() || suspect
                ? Math.max(until, slowedAt + RECOVERY_MILLIS)
                : until;
    }
}
