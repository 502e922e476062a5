package io.jarvix.collector;

import io.jarvix.collector.Politeness.Ending;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.Pure;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/// What a reply means: for the task, whether another try may go better; for the host, whether it
/// has to be spared.
@Pure
final class ReplyMeaning {

    private ReplyMeaning() {}

    /// Whether it may go better next time: no connection, no answer in time, or a status that says
    /// "not now".
    static boolean canPass(Reply reply) {
        return switch (reply) {
            case Reply.Answer answer ->
                    switch (answer.status()) {
                        case 429, 500, 502, 503, 504 -> true;
                        default -> false;
                    };
            case Reply.NoAnswer none -> none.passing();
            case Reply.Forbidden forbidden -> false;
        };
    }

    /// What the host showed of itself.
    static Ending forHost(Reply reply, Instant now) {
        return switch (reply) {
            case Reply.Answer answer when answer.status() == 429 || answer.status() == 503 ->
                    new Ending.Refusing(RetryAfter.millis(answer.header("retry-after"), now));
            case Reply.Answer answer -> new Ending.Good();
            case Reply.NoAnswer none when isSilence(none) -> new Ending.Silent();
            case Reply.NoAnswer none -> new Ending.Unused();
            case Reply.Forbidden forbidden -> new Ending.Unused();
        };
    }

    private static boolean isSilence(Reply.NoAnswer none) {
        return none.passing()
                && (none.kind() == FailureKind.CONNECT
                        || none.kind() == FailureKind.TIMEOUT
                        || none.kind() == FailureKind.DNS);
    }

    /// How a page's fetch ends with its last reply.
    static PageFetch.End endWith(Reply reply) {
        return switch (reply) {
            case Reply.Answer answer -> new PageFetch.End.Answered(answer);
            case Reply.NoAnswer none ->
                    new PageFetch.End.Without(new Failed(none.kind(), none.message()));
            case Reply.Forbidden forbidden -> new PageFetch.End.Without(forbidden.blocked());
        };
    }

    /// The reply that was given up on after the retries; of anything else, the defect that it is.
    static Reply lastOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof RetriedFetch.Passing passing ? passing.reply() : defect(cause);
    }

    private static Reply defect(Throwable cause) {
        return new Reply.NoAnswer(FailureKind.INTERNAL, "Unexpected: " + cause, false);
    }
}
