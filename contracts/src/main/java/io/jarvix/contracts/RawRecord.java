package io.jarvix.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything about a fetch but the body: the JSON of Kafka header [Topics#RAW_RECORD_HEADER] on
/// topic [Topics#RAW_RECORDS], keyed by `urlId`. The message's value is the body
/// ([CompressedBody]), empty where there is none.
///
/// @param lease the number of the lease under which it was fetched
/// @param finalUrl where the last redirect led; equal to `url` without one
/// @param redirects the URLs that answered with a redirect, in order, `url` first
/// @param fetchedAt when the first byte was asked for
/// @param status the HTTP status of the last answer; absent where none came
/// @param attempts how many times the URL was asked for, 0 where a rule blocked it
/// @param durationMillis from the first attempt to the end of the last, without waiting for a turn
/// @param contentType the media type as sent, with parameters
/// @param charset the charset parameter of the content type as sent; not checked
/// @param headers the answer's headers, names in lower case, values in order
/// @param truncated the body was longer than the cap and is cut there
/// @param bodyLength the body's length in bytes, content-encoding undone, before compression for
///     Kafka
/// @param host how fast the host of `url` may be asked; absent where the host's robots.txt was
///     not read
public record RawRecord(
        UUID runId,
        int ordinal,
        int lease,
        String url,
        String urlId,
        String finalUrl,
        List<String> redirects,
        Instant fetchedAt,
        @Nullable Integer status,
        FetchOutcome outcome,
        int attempts,
        long durationMillis,
        @Nullable String contentType,
        @Nullable String charset,
        Map<String, List<String>> headers,
        boolean truncated,
        int bodyLength,
        @Nullable HostLimits host) {

    public RawRecord {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(urlId, "urlId");
        Objects.requireNonNull(fetchedAt, "fetchedAt");
        Objects.requireNonNull(outcome, "outcome");
        finalUrl = Objects.requireNonNullElse(finalUrl, url);
        redirects = Wire.listOrEmpty(redirects);
        headers = Wire.mapOrEmpty(headers);
        if (bodyLength < 0) {
            throw new IllegalArgumentException("bodyLength must be 0 or more: " + bodyLength);
        }
    }
}
