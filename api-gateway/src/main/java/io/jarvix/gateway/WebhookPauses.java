package io.jarvix.gateway;

import io.jarvix.contracts.Pure;
import java.time.Duration;

/// When a delivery that failed is tried again: after pauses that double and add up to the window.
///
/// @param attempts how often it is tried at most, 1 or more
/// @param window from the first attempt to the last
@Pure
record WebhookPauses(int attempts, Duration window) {

    private static final int MOST_ATTEMPTS = 30;

    WebhookPauses {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "webhook attempts must be 1 to " + MOST_ATTEMPTS + ": " + attempts);
        }
    }

    boolean isLast(int attempt) {
        return attempt >= attempts;
    }

    /// @param attempt the one that failed, from 1; not the last
    Duration after(int attempt) {
        long units = (1L << (attempts - 1)) - 1;
        return Duration.ofMillis(window.toMillis() * (1L << (attempt - 1)) / units);
    }
}
