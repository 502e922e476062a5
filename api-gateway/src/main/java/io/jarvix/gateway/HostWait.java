package io.jarvix.gateway;

import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.Pure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A host that a run waits for, and why.
///
/// @param pending URLs that are not with the collectors yet
/// @param dispatched URLs that are
/// @param told what the run's last result of the host said of it; absent before the first
@Pure
record HostWait(String host, int pending, int dispatched, @Nullable HostLimits told) {

    int open() {
        return pending + dispatched;
    }

    /// The least time that the host's delay leaves for the open URLs.
    Duration least() {
        return told == null
                ? Duration.ZERO
                : Duration.ofMillis(told.delayMillis()).multipliedBy(open());
    }

    /// Such as `42 URLs wait for shop.example: crawl-delay 10 s`.
    String inWords(Instant now) {
        return "%d %s for %s: %s"
                .formatted(open(), open() == 1 ? "URL waits" : "URLs wait", host, reason(now));
    }

    private String reason(Instant now) {
        if (told != null && told.pause() != null && told.pause().until().isAfter(now)) {
            return pause(told.pause());
        }
        if (told != null && told.delayRule() != null) {
            return delay(told.delayRule(), seconds(told.delayMillis()));
        }
        String places =
                "%d with the collectors, %d before their turn".formatted(dispatched, pending);
        return told == null
                ? places
                : "%s at once; %s".formatted(requests(told.concurrency()), places);
    }

    private static String pause(HostLimits.Pause pause) {
        String until = "until " + pause.until().truncatedTo(ChronoUnit.SECONDS);
        return switch (pause.cause()) {
            case REFUSING -> "it asked to be left alone (429 or 503) " + until;
            case SILENT -> "it does not answer and is left alone " + until;
            case UNKNOWN -> "it is left alone " + until;
        };
    }

    private static String delay(HostLimits.DelayRule rule, String delay) {
        return switch (rule) {
            case ROBOTS -> "crawl-delay " + delay;
            case RUN -> "the run asks for " + delay + " between two requests";
            case OPERATOR, UNKNOWN -> delay + " between two requests";
        };
    }

    private static String requests(int count) {
        return count == 1 ? "1 request" : count + " requests";
    }

    /// `10 s`, `0.5 s`.
    private static String seconds(long millis) {
        return (millis % 1_000 == 0
                        ? Long.toString(millis / 1_000)
                        : Double.toString(millis / 1_000.0))
                + " s";
    }
}
