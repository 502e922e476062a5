package io.jarvix.collector;

import io.jarvix.contracts.UrlTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// How far the fetch of one task has come. A retry goes on where the last try failed, behind the
/// redirects that were followed. Thread rule: one step at a time.
final class Journey {

    private final UrlTask task;
    private final String host;
    private final BooleanSupplier abandoned;
    private final List<String> redirects = new ArrayList<>(0);
    private Target target;
    private int tries;
    private boolean triedInThisPass;
    private long nanosBusy;
    private @Nullable Instant fetchedAt;
    private @Nullable Duration crawlDelay;
    private Reply.@Nullable Answer lastAnswer;

    Journey(UrlTask task, Target start, BooleanSupplier abandoned) {
        this.task = task;
        this.host = start.host();
        this.target = start;
        this.abandoned = abandoned;
    }

    UrlTask task() {
        return task;
    }

    Target target() {
        return target;
    }

    /// The host of the task's own URL.
    String host() {
        return host;
    }

    /// The robots.txt of the host that is asked next was read.
    void underRules(Duration delay) {
        if (redirects.isEmpty()) {
            crawlDelay = delay;
        }
    }

    /// The crawl-delay of the task's own host; absent where its robots.txt was not read.
    @Nullable Duration crawlDelay() {
        return crawlDelay;
    }

    List<String> redirects() {
        return redirects;
    }

    int tries() {
        return tries;
    }

    long durationMillis() {
        return nanosBusy / 1_000_000;
    }

    /// When the first byte was asked for, or now where nothing was.
    Instant fetchedAt(Instant now) {
        return fetchedAt == null ? now : fetchedAt;
    }

    Reply.@Nullable Answer lastAnswer() {
        return lastAnswer;
    }

    /// Nobody waits for the result under this lease, or the task is another collector's by now.
    boolean isAbandoned(Instant now) {
        return abandoned.getAsBoolean() || task.lease().expiredAt(now);
    }

    /// Begins the first try or a retry; the answer before is of no use any more.
    void beginPass() {
        triedInThisPass = false;
        dropAnswer();
    }

    void beginRequest(Instant now) {
        if (!triedInThisPass) {
            triedInThisPass = true;
            tries++;
        }
        if (fetchedAt == null) {
            fetchedAt = now;
        }
    }

    void endRequest(long nanos, Reply reply) {
        nanosBusy += nanos;
        dropAnswer();
        if (reply instanceof Reply.Answer answer) {
            lastAnswer = answer;
        }
    }

    void redirectTo(Target next) {
        redirects.add(target.url());
        target = next;
    }

    /// Whether the URL was asked for on this journey.
    boolean hasBeenAt(String url) {
        return target.url().equals(url) || redirects.contains(url);
    }

    void dropAnswer() {
        if (lastAnswer != null) {
            lastAnswer.place().giveBack();
            lastAnswer = null;
        }
    }
}
