package io.jarvix.collector;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.UrlTask;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A raw record and its body, ready for Kafka. Pure.
///
/// @param frame the body as [CompressedBody#compress] makes it
record RawPage(RawRecord raw, byte[] frame) {

    private static final byte[] NOTHING = new byte[0];

    /// The record of a fetch; decodes the body and compresses it.
    ///
    /// @param cap bytes of the body that are kept
    /// @param host what the record says of its host
    static Optional<RawPage> of(
            PageFetch.Outcome fetched, int cap, @Nullable HostLimits host, Instant now) {
        return switch (fetched.end()) {
            case PageFetch.End.Dropped dropped -> Optional.empty();
            case PageFetch.End.Without without ->
                    Optional.of(without(fetched.journey(), without.outcome(), host, now));
            case PageFetch.End.Answered answered ->
                    Optional.of(answered(fetched.journey(), answered.answer(), cap, host, now));
        };
    }

    /// The record of a task whose fetch hit a defect.
    static RawPage ofDefect(UrlTask task, Throwable defect, Instant now) {
        RawRecord raw =
                new RawRecord(
                        task.runId(),
                        task.ordinal(),
                        task.lease().number(),
                        task.url(),
                        task.urlId(),
                        task.url(),
                        List.of(),
                        now,
                        null,
                        new Failed(FailureKind.INTERNAL, "Unexpected: " + defect),
                        0,
                        0,
                        null,
                        null,
                        Map.of(),
                        false,
                        0,
                        null);
        return new RawPage(raw, NOTHING);
    }

    private static RawPage without(
            Journey journey, FetchOutcome outcome, @Nullable HostLimits host, Instant now) {
        Reply.@Nullable Answer last = journey.lastAnswer();
        return last == null
                ? new RawPage(raw(journey, null, Map.of(), outcome, now, false, 0, host), NOTHING)
                : new RawPage(
                        raw(journey, last.status(), last.headers(), outcome, now, false, 0, host),
                        NOTHING);
    }

    private static RawPage answered(
            Journey journey, Reply.Answer answer, int cap, @Nullable HostLimits host, Instant now) {
        FetchOutcome outcome = outcomeOf(answer.status());
        byte[] body = NOTHING;
        boolean cut = false;
        try {
            BodyDecoder.Decoded decoded =
                    BodyDecoder.decode(
                            answer.header("content-encoding"), answer.body(), answer.cut(), cap);
            body = decoded.bytes();
            cut = decoded.cut();
        } catch (BodyDecoder.NotDecodable e) {
            if (outcome instanceof FetchOutcome.Fetched) {
                outcome = new Failed(FailureKind.DECODING, String.valueOf(e.getMessage()));
            }
        }
        return new RawPage(
                raw(
                        journey,
                        answer.status(),
                        answer.headers(),
                        outcome,
                        now,
                        cut,
                        body.length,
                        host),
                CompressedBody.compress(body));
    }

    /// What a status means where no redirect is to be followed.
    static FetchOutcome outcomeOf(int status) {
        if (status >= 200 && status < 300 && status != 204 && status != 205) {
            return new FetchOutcome.Fetched();
        }
        if (status == 429 || status >= 500 && status < 600) {
            return new Failed(FailureKind.HTTP_SERVER_ERROR, "Status " + status + ".");
        }
        if (status >= 400 && status < 500) {
            return new Failed(FailureKind.HTTP_CLIENT_ERROR, "Status " + status + ".");
        }
        return new Failed(FailureKind.HTTP_NO_CONTENT, "Status " + status + " carries no page.");
    }

    private static RawRecord raw(
            Journey journey,
            @Nullable Integer status,
            Map<String, List<String>> headers,
            FetchOutcome outcome,
            Instant now,
            boolean cut,
            int bodyLength,
            @Nullable HostLimits host) {
        UrlTask task = journey.task();
        @Nullable String contentType = first(headers, "content-type");
        return new RawRecord(
                task.runId(),
                task.ordinal(),
                task.lease().number(),
                task.url(),
                task.urlId(),
                journey.target().url().isEmpty() ? task.url() : journey.target().url(),
                journey.redirects(),
                journey.fetchedAt(now),
                status,
                outcome,
                journey.tries(),
                journey.durationMillis(),
                contentType,
                contentType == null ? null : charsetOf(contentType),
                headers,
                cut,
                bodyLength,
                host);
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        @Nullable List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /// The charset parameter as sent, without its quotes (RFC 9110, section 8.3.1).
    static @Nullable String charsetOf(String contentType) {
        int semicolon = contentType.indexOf(';');
        while (semicolon >= 0) {
            int next = contentType.indexOf(';', semicolon + 1);
            String parameter =
                    contentType
                            .substring(semicolon + 1, next < 0 ? contentType.length() : next)
                            .strip();
            if (parameter.toLowerCase(Locale.ROOT).startsWith("charset=")) {
                String value = parameter.substring("charset=".length()).replace("\"", "").strip();
                return value.isEmpty() ? null : value;
            }
            semicolon = next;
        }
        return null;
    }
}
