package io.jarvix.collector;

import io.jarvix.contracts.Pure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Decides which request may start when, so that no host is asked more than it bears and no host
/// waits for another. A request asks for a [Turn], starts when [#next] hands the turn out, says
/// when it is [#sent], and [#end]s it. What holds at every moment:
///
/// - at most `total` turns are out, and of one host at most its limit;
/// - two requests to one host are sent at least the delay apart, its own or the wish of a turn;
/// - a host that answers 429 or 503, or does not answer, is left alone for a while, and its limit
///   is halved; ten good answers in a row give it one more, up to the configured limit;
/// - hosts that do not answer together hold at most half of all turns, so a list of dead hosts does
///   not keep the living ones waiting;
/// - within a host first come, first served; between hosts, one after the other.
///
/// Times are milliseconds of a clock that never goes back, given by the caller. Thread rule: one
/// thread at a time; [Turns] sees to it.
@Pure
final class Politeness<T> {

    private final PolitenessLimits limits;
    private final Map<String, Host<T>> hosts = new HashMap<>();
    private final Deque<Host<T>> ready = new ArrayDeque<>();
    private final Deque<Host<T>> suspectsWaiting = new ArrayDeque<>();
    private final PriorityQueue<Alarm<T>> alarms = new PriorityQueue<>();
    private final LinkedHashSet<Host<T>> remembered = new LinkedHashSet<>();
    private int waiting;
    private int out;
    private int outOfSuspects;

    Politeness(PolitenessLimits limits) {
        this.limits = limits;
    }

    /// A request's place in its host's queue, and later its permission.
    static final class Turn<T> {
        private final Host<T> host;
        private final PolitenessLimits.Wish wish;
        private final T item;
        private boolean ofSuspect;
        private boolean sent;
        private boolean delayed;
        private long startedAt;

        private Turn(Host<T> host, PolitenessLimits.Wish wish, T item) {
            this.host = host;
            this.wish = wish;
            this.item = item;
        }

        String host() {
            return host.name;
        }

        T item() {
            return item;
        }
    }

    /// How a turn ended, as far as the host is concerned.
    sealed interface Ending {

        /// The host answered.
        record Good() implements Ending {}

        /// The host asks for less (429, 503).
        ///
        /// @param pauseMillis what its Retry-After says; negative: nothing
        record Refusing(long pauseMillis) implements Ending {}

        /// The host does not answer: no address, no connection, or not in time.
        record Silent() implements Ending {}

        /// Nothing was learned of the host.
        record Unused() implements Ending {}
    }

    private enum State {
        /// Nothing waits.
        IDLE,
        /// In `ready`: its first turn may be able to start.
        READY,
        /// Waits for an alarm.
        PAUSED,
        /// As much is out as may be; the next end or sending makes it ready.
        FULL,
        /// In `suspectsWaiting`.
        SUSPECT
    }

    private static final class Host<T> {
        final String name;
        final Deque<Turn<T>> waiting = new ArrayDeque<>();
        final HostPace pace;
        State state = State.IDLE;
        int out;
        int unsent;
        int unsentWithDelay;
        long alarmAt;

        Host(String name, HostPace pace) {
            this.name = name;
            this.pace = pace;
        }
    }

    private record Alarm<T>(Host<T> host, long at) implements Comparable<Alarm<T>> {
        @Override
        public int compareTo(Alarm<T> other) {
            return Long.compare(at, other.at);
        }
    }

    /// Queues a request.
    ///
    /// @param first before the host's other requests: for robots.txt and redirects, which others
    ///     wait for
    void ask(String name, PolitenessLimits.Wish wish, T item, boolean first) {
        Host<T> host = hosts.computeIfAbsent(name, n -> new Host<>(n, new HostPace(limits)));
        Turn<T> turn = new Turn<>(host, wish, item);
        if (first) {
            host.waiting.addFirst(turn);
        } else {
            host.waiting.addLast(turn);
        }
        waiting++;
        remembered.remove(host);
        if (host.state == State.IDLE || first && host.state == State.PAUSED) {
            makeReady(host);
        }
    }

    /// The next turn that may start now; null where none may.
    @Nullable Turn<T> next(long now) {
        ring(now);
        while (out < limits.total()) {
            if (outOfSuspects < limits.ofSuspects()) {
                releaseSuspect();
            }
            @Nullable Host<T> host = ready.poll();
            if (host == null) {
                return null;
            }
            @Nullable Turn<T> turn = tryStart(host, now);
            if (turn != null) {
                return turn;
            }
        }
        return null;
    }

    /// When [#next] may have something again though nothing ends before; `Long.MAX_VALUE` for
    /// never.
    long nextAlarm() {
        while (true) {
            @Nullable Alarm<T> alarm = alarms.peek();
            if (alarm == null) {
                return Long.MAX_VALUE;
            }
            if (isCurrent(alarm)) {
                return alarm.at();
            }
            alarms.poll();
        }
    }

    /// The request goes out now: from here the delay counts.
    void sent(Turn<T> turn, long now) {
        if (turn.sent) {
            return;
        }
        turn.sent = true;
        leaveUnsent(turn);
        turn.host.pace.sent(now);
        wake(turn.host);
    }

    /// Gives the turn back.
    void end(Turn<T> turn, Ending ending, long now) {
        Host<T> host = turn.host;
        out--;
        host.out--;
        if (!turn.sent) {
            leaveUnsent(turn);
        }
        switch (ending) {
            case Ending.Good good -> host.pace.praise();
            case Ending.Refusing refusing ->
                    host.pace.slowDown(turn.startedAt, refusing.pauseMillis(), now);
            case Ending.Silent silent -> host.pace.silent(turn.startedAt, now);
            case Ending.Unused unused -> {}
        }
        if (turn.ofSuspect) {
            outOfSuspects--;
        }
        wake(host);
        settle(host, now);
    }

    /// How a host stands.
    HostPace.Standing standing(String name, long now) {
        @Nullable Host<T> host = hosts.get(name);
        return (host == null ? new HostPace(limits) : host.pace).standing(now);
    }

    int waiting() {
        return waiting;
    }

    int out() {
        return out;
    }

    /// Hosts whose requests wait for a delay, a Retry-After or a back-off to pass.
    int pausedHosts() {
        int paused = 0;
        for (Host<T> host : hosts.values()) {
            if (host.state == State.PAUSED) {
                paused++;
            }
        }
        return paused;
    }

    int knownHosts() {
        return hosts.size();
    }

    private @Nullable Turn<T> tryStart(Host<T> host, long now) {
        @Nullable Turn<T> turn = host.waiting.peek();
        if (turn == null) {
            host.state = State.IDLE;
            settle(host, now);
            return null;
        }
        long delay = Math.max(limits.delayMillis(), turn.wish.delayMillis());
        if (host.out >= Math.min(host.pace.limit(), turn.wish.concurrency())
                || delay > 0 && host.unsent > 0
                || host.unsentWithDelay > 0) {
            host.state = State.FULL;
            return null;
        }
        long startAt = host.pace.earliest(delay);
        if (startAt > now) {
            pause(host, startAt);
            return null;
        }
        if (host.pace.isSuspect() && outOfSuspects >= limits.ofSuspects()) {
            host.state = State.SUSPECT;
            suspectsWaiting.add(host);
            return null;
        }
        return start(host, turn, delay, now);
    }

    private Turn<T> start(Host<T> host, Turn<T> turn, long delay, long now) {
        host.waiting.poll();
        waiting--;
        out++;
        host.out++;
        host.unsent++;
        host.pace.begun(delay);
        if (delay > 0) {
            turn.delayed = true;
            host.unsentWithDelay++;
        }
        turn.startedAt = now;
        if (host.pace.isSuspect()) {
            turn.ofSuspect = true;
            outOfSuspects++;
        }
        if (host.waiting.isEmpty()) {
            host.state = State.IDLE;
        } else {
            makeReady(host);
        }
        return turn;
    }

    private void leaveUnsent(Turn<T> turn) {
        turn.host.unsent--;
        if (turn.delayed) {
            turn.host.unsentWithDelay--;
        }
    }

    private void wake(Host<T> host) {
        if (host.state == State.FULL) {
            makeReady(host);
        }
    }

    private void makeReady(Host<T> host) {
        host.state = State.READY;
        ready.add(host);
    }

    private void pause(Host<T> host, long until) {
        host.state = State.PAUSED;
        host.alarmAt = until;
        alarms.add(new Alarm<>(host, until));
    }

    private void releaseSuspect() {
        @Nullable Host<T> host = suspectsWaiting.poll();
        if (host != null) {
            makeReady(host);
        }
    }

    private void ring(long now) {
        while (true) {
            @Nullable Alarm<T> alarm = alarms.peek();
            if (alarm == null || alarm.at() > now) {
                return;
            }
            alarms.poll();
            if (isCurrent(alarm)) {
                if (alarm.host().state == State.PAUSED) {
                    makeReady(alarm.host());
                } else {
                    settle(alarm.host(), now);
                }
            }
        }
    }

    private boolean isCurrent(Alarm<T> alarm) {
        Host<T> host = alarm.host();
        return host.alarmAt == alarm.at()
                && (host.state == State.PAUSED || remembered.contains(host));
    }

    /// Forgets a host of which nothing has to be remembered, or sets an alarm for when that is so.
    private void settle(Host<T> host, long now) {
        if (host.state != State.IDLE || host.out > 0) {
            return;
        }
        long until = host.pace.rememberedUntil();
        if (until <= now) {
            forget(host);
            return;
        }
        remembered.add(host);
        host.alarmAt = until;
        alarms.add(new Alarm<>(host, until));
        if (remembered.size() > limits.remembered()) {
            Iterator<Host<T>> eldest = remembered.iterator();
            forget(eldest.next());
        }
    }

    private void forget(Host<T> host) {
        remembered.remove(host);
        hosts.remove(host.name);
    }
}
