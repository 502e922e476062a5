package io.jarvix.contracts;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The part of a [RawRecord] that travels on with the score; fields as there.
public record FetchFacts(
        String finalUrl,
        int redirects,
        Instant fetchedAt,
        @Nullable Integer status,
        int attempts,
        long durationMillis,
        @Nullable String contentType,
        boolean truncated,
        int bodyLength,
        @Nullable HostLimits host) {

    public FetchFacts {
        Objects.requireNonNull(finalUrl, "finalUrl");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
    }

    public static FetchFacts of(RawRecord raw) {
        return new FetchFacts(
                raw.finalUrl(),
                raw.redirects().size(),
                raw.fetchedAt(),
                raw.status(),
                raw.attempts(),
                raw.durationMillis(),
                raw.contentType(),
                raw.truncated(),
                raw.bodyLength(),
                raw.host());
    }
}
