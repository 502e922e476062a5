package io.jarvix.gateway;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Whether a server answers a question in time. There is one question at a time: while one is still
/// open, a server that hangs is not asked again, and the answer is no. Safe from any thread.
final class Ping {

    private final Callable<?> question;
    private final Duration patience;
    private @Nullable FutureTask<?> open;

    Ping(Callable<?> question, Duration patience) {
        this.question = question;
        this.patience = patience;
    }

    /// Why the server does not answer; absent where it does.
    @Nullable String objection() throws InterruptedException {
        FutureTask<?> asked = ask();
        try {
            asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (TimeoutException e) {
            return "no answer within " + patience.toMillis() + " ms";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private synchronized FutureTask<?> ask() {
        if (open == null || open.isDone()) {
            FutureTask<?> next = new FutureTask<>(question);
            open = next;
            Thread.ofVirtual().name("gateway-ping").start(next);
            return next;
        }
        return open;
    }
}
