package io.jarvix.collector;

import io.smallrye.faulttolerance.api.AsynchronousNonBlocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.faulttolerance.Bulkhead;

/// At most so many requests at once in this process. A permit is held from the look-up of the name
/// to the end of the answer, and never while something waits: who comes here has its host's turn.
/// A defect is a failed stage, since the bulkhead would keep the permit of one that is thrown.
@ApplicationScoped
class PermittedAttempt {

    private final Attempt attempt;

    PermittedAttempt(Attempt attempt) {
        this.attempt = attempt;
    }

    @Bulkhead(100)
    @AsynchronousNonBlocking
    CompletionStage<Reply> make(Attempt.Ask ask, Runnable onSent) {
        try {
            return attempt.make(ask, onSent);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
