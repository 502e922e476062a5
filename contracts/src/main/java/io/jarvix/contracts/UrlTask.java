package io.jarvix.contracts;

import java.util.Objects;
import java.util.UUID;

/// The order to fetch one URL, on topic [Topics#URLS], keyed by host. Each task yields exactly one
/// [RawRecord] and one [PageScore], whatever happens.
///
/// @param runId the run that asks (UUIDv7)
/// @param ordinal the number of the seed's line within the run, from 1
/// @param url the canonical URL ([CanonicalUrl])
/// @param urlId the identity of that URL across runs ([CanonicalUrl#urlId])
/// @param lease until when the gateway waits for the result
/// @param options what the run asks of the fetch
public record UrlTask(
        UUID runId, int ordinal, String url, String urlId, Lease lease, FetchOptions options) {

    public UrlTask {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(urlId, "urlId");
        Objects.requireNonNull(lease, "lease");
        options = Objects.requireNonNullElse(options, FetchOptions.NONE);
        if (ordinal < 1) {
            throw new IllegalArgumentException("ordinal must be 1 or more: " + ordinal);
        }
    }
}
