package io.jarvix.gateway;

import java.time.Duration;
import org.jboss.logging.Logger;

/// One step, again and again on a thread of its own, until closed. A step that fails (the database
/// or the broker is away) is tried again after a pause that doubles up to 5 s; the failure is
/// logged once until a step succeeds.
final class Loop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final String name;
    private final Duration poll;
    private final Duration linger;
    private final Step step;
    private final Wakeup wakeup = new Wakeup();
    private final Thread thread;
    private volatile boolean closed;

    /// @return true where there is more to do at once
    interface Step {
        boolean run() throws Exception;
    }

    /// @param poll how long it waits for a wake-up at most
    /// @param linger how long it waits after a wake-up, so that what comes in bursts is done at
    ///     once
    Loop(String name, Duration poll, Duration linger, Step step) {
        this.name = name;
        this.poll = poll;
        this.linger = linger;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        wakeup.wake();
    }

    /// Ends the loop; returns when the step under way is over.
    @Override
    public void close() {
        closed = true;
        wakeup.wake();
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(FAREWELL)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        boolean failing = false;
        while (!closed) {
            try {
                boolean more = step.run();
                pause = FIRST_PAUSE;
                failing = false;
                if (!more) {
                    wakeup.await(poll);
                    Thread.sleep(linger);
                }
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (!failing && !closed) {
                    LOG.warnf(e, "A step failed and is tried again: loop=%s", name);
                }
                failing = true;
                if (!sleep(pause)) {
                    return;
                }
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
        }
    }

    private boolean sleep(Duration pause) {
        if (closed) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
