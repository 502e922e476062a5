package io.jarvix.collector;

import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.Retry;

/// Tries again what can pass, later and later, with some chance in it. It is outermost: between two
/// tries no permit and no thread is held, and each try asks for its host's turn anew. So a retry
/// begins after its own back-off or after the host's pause (its Retry-After), whichever ends later.
@ApplicationScoped
class RetriedFetch {

    /// The try came to a [Reply] that may be better next time.
    static final class Passing extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Reply reply;

        Passing(Reply reply) {
            super("a failure that can pass", null, false, false);
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    @Retry(maxRetries = 3, delay = 500, jitter = 200, maxDuration = 0, retryOn = Passing.class)
    @ExponentialBackoff(factor = 2, maxDelay = 10_000)
    @AsynchronousNonBlocking
    <T> CompletionStage<T> fetch(Supplier<CompletionStage<T>> once) {
        try {
            return once.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
