package io.jarvix.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How many submissions are read at once, in all and for one caller, so that one who sends slowly
/// does not keep the others out. Safe from any thread.
final class SubmissionPermits {

    private final int inAll;
    private final int perCaller;
    private final Map<Optional<UUID>, Integer> held = new HashMap<>();
    private int heldInAll;

    SubmissionPermits(int inAll, int perCaller) {
        this.inAll = inAll;
        this.perCaller = perCaller;
    }

    /// Is given back by closing it.
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /// @throws Problem 429 where there is none
    synchronized Permit take(@Nullable UUID caller) {
        Optional<UUID> key = Optional.ofNullable(caller);
        int mine = held.getOrDefault(key, 0);
        if (mine >= perCaller) {
            throw refusal("A caller has at most " + perCaller + " submissions", perCaller);
        }
        if (heldInAll >= inAll) {
            throw refusal("At most " + inAll + " submissions", inAll);
        }
        held.put(key, mine + 1);
        heldInAll++;
        return () -> giveBack(key);
    }

    /// How many are held now, in all.
    synchronized int held() {
        return heldInAll;
    }

    private synchronized void giveBack(Optional<UUID> key) {
        heldInAll--;
        held.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
    }

    private static Problem refusal(String who, int limit) {
        return new Problem(
                        429,
                        "too-many-submissions",
                        "Too many submissions at once",
                        who + " that are read at once: try again.")
                .with("limit", limit)
                .retryAfter(2);
    }
}
