package io.jarvix.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run asks of its fetches. An option can make the collector stricter or more polite than
/// its operator configured it, never less.
///
/// @param allowedDomains only these domains and their subdomains are fetched; empty: all
/// @param blockedPathPrefixes paths that are not fetched, beside those of the collector's
///     configuration
/// @param maxConcurrencyPerHost at most so many requests at once to one host; absent: the
///     collector's own limit
/// @param minDelayMillis at least so long between two requests to one host; absent: the collector's
///     own delay
public record FetchOptions(
        List<String> allowedDomains,
        List<String> blockedPathPrefixes,
        @Nullable Integer maxConcurrencyPerHost,
        @Nullable Integer minDelayMillis) {

    public static final FetchOptions NONE = new FetchOptions(List.of(), List.of(), null, null);

    public FetchOptions {
        allowedDomains = Wire.listOrEmpty(allowedDomains);
        blockedPathPrefixes = Wire.listOrEmpty(blockedPathPrefixes);
        if (maxConcurrencyPerHost != null && maxConcurrencyPerHost < 1) {
            throw new IllegalArgumentException(
                    "maxConcurrencyPerHost must be 1 or more: " + maxConcurrencyPerHost);
        }
        if (minDelayMillis != null && minDelayMillis < 0) {
            throw new IllegalArgumentException(
                    "minDelayMillis must be 0 or more: " + minDelayMillis);
        }
    }
}
