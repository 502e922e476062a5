package io.jarvix.collector;

import io.jarvix.collector.Politeness.Ending;
import io.jarvix.collector.Politeness.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// [Politeness] on a real clock and for many threads: a request takes a turn and gets a future of
/// it. Nobody waits holding a thread or a permit, and the lock is held for microseconds. The future
/// is completed on the executor of its host, so that a host's connections stay with one event loop.
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Politeness<CompletableFuture<Turns.Held>> politeness;
    private final Function<String, Executor> executorOfHost;
    private final LongConsumer wakeIn;
    private long alarmAt = Long.MAX_VALUE;
    private boolean closed;
    private boolean congested;

    /// @param executorOfHost where the futures of a host's turns are completed
    /// @param wakeIn is asked to call [#wake] after so many milliseconds
    Turns(PolitenessLimits limits, Function<String, Executor> executorOfHost, LongConsumer wakeIn) {
        this.politeness = new Politeness<>(limits);
        this.executorOfHost = executorOfHost;
        this.wakeIn = wakeIn;
    }

    /// A turn that has come. Ending it twice is allowed and does nothing.
    final class Held {
        private final Turn<CompletableFuture<Held>> turn;
        private boolean ended;

        private Held(Turn<CompletableFuture<Held>> turn) {
            this.turn = turn;
        }

        /// The request goes out now.
        void sent() {
            lock.lock();
            try {
                if (!ended) {
                    politeness.sent(turn, now());
                }
            } finally {
                lock.unlock();
            }
            wake();
        }

        void end(Ending ending) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                politeness.end(turn, ending, now());
            } finally {
                lock.unlock();
            }
            wake();
        }
    }

    /// A turn at the host, when it comes. After [#close] it never comes.
    CompletableFuture<Held> take(String host, PolitenessLimits.Wish wish, boolean first) {
        CompletableFuture<Held> future = new CompletableFuture<>();
        lock.lock();
        try {
            politeness.ask(host, wish, future, first);
        } finally {
            lock.unlock();
        }
        wake();
        return future;
    }

    /// Hands out what may start now.
    void wake() {
        List<Turn<CompletableFuture<Held>>> started = new ArrayList<>(4);
        long delay = -1;
        lock.lock();
        try {
            long now = now();
            @Nullable Turn<CompletableFuture<Held>> turn;
            while (!closed && !congested && (turn = politeness.next(now)) != null) {
                started.add(turn);
            }
            long next = politeness.nextAlarm();
            if (next < alarmAt || alarmAt <= now) {
                alarmAt = next;
                delay = next == Long.MAX_VALUE ? -1 : Math.max(1, next - now);
            }
        } finally {
            lock.unlock();
        }
        if (delay > 0) {
            wakeIn.accept(delay);
        }
        for (Turn<CompletableFuture<Held>> turn : started) {
            executorOfHost.apply(turn.host()).execute(() -> turn.item().complete(new Held(turn)));
        }
    }

    /// While what was fetched waits for Kafka, nothing more is started. To be called after each
    /// change; asked within the lock, so that of two changes the last one counts.
    void congested(BooleanSupplier isCongested) {
        boolean now;
        lock.lock();
        try {
            now = isCongested.getAsBoolean();
            congested = now;
        } finally {
            lock.unlock();
        }
        if (!now) {
            wake();
        }
    }

    /// From here no turn comes any more.
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    HostPace.Standing standing(String host) {
        return locked(politeness -> politeness.standing(host, now()));
    }

    int waiting() {
        return locked(Politeness::waiting);
    }

    int out() {
        return locked(Politeness::out);
    }

    int pausedHosts() {
        return locked(Politeness::pausedHosts);
    }

    int knownHosts() {
        return locked(Politeness::knownHosts);
    }

    private <R> R locked(Function<Politeness<CompletableFuture<Held>>, R> read) {
        lock.lock();
        try {
            return read.apply(politeness);
        } finally {
            lock.unlock();
        }
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
