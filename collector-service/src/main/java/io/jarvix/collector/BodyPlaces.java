package io.jarvix.collector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Bounds the memory that bodies take: each may have a little, and only so many may have much at
/// once. Who finds no place stops reading from its connection until one is free, so a flood of
/// large bodies is slowed by the senders' own windows and not answered with memory.
final class BodyPlaces {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Place> waiting = new ArrayDeque<>();
    private int free;

    BodyPlaces(int large) {
        this.free = large;
    }

    /// A body's place. Thread rule: any thread.
    final class Place {
        private boolean large;
        private boolean given;
        private @Nullable Runnable onPlace;

        /// Asks for a place among the large ones.
        ///
        /// @param onPlace is run when there is one, on any thread, unless it was there at once
        /// @return whether it is there already
        boolean enlarge(Runnable onPlace) {
            lock.lock();
            try {
                if (large || given) {
                    return true;
                }
                if (free > 0) {
                    free--;
                    large = true;
                    return true;
                }
                this.onPlace = onPlace;
                waiting.add(this);
                return false;
            } finally {
                lock.unlock();
            }
        }

        /// Gives the place back; a second time does nothing.
        void giveBack() {
            @Nullable Runnable next = null;
            lock.lock();
            try {
                if (given) {
                    return;
                }
                given = true;
                if (large) {
                    next = handOver();
                } else {
                    waiting.remove(this);
                }
            } finally {
                lock.unlock();
            }
            if (next != null) {
                next.run();
            }
        }

        private @Nullable Runnable handOver() {
            @Nullable Place heir = waiting.poll();
            if (heir == null) {
                free++;
                return null;
            }
            heir.large = true;
            return heir.onPlace;
        }
    }

    Place place() {
        return new Place();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
