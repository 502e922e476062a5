package io.jarvix.contracts;

import java.time.Instant;
import java.util.Objects;

/// The gateway's promise to wait for the result of a task: after `expiresAt` it dispatches the URL
/// again under the next number. A collector drops a task whose lease has run out, since another
/// copy of it is on its way.
///
/// @param number which dispatch of this URL this is, from 1
/// @param expiresAt when the gateway gives up waiting
public record Lease(int number, Instant expiresAt) {

    public Lease {
        Objects.requireNonNull(expiresAt, "expiresAt");
        if (number < 1) {
            throw new IllegalArgumentException("number must be 1 or more: " + number);
        }
    }

    public boolean expiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
