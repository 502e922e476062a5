package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Raw records as the collector sends them.
final class RawRecords {

    static final UUID RUN = UUID.fromString("01932f6e-7b1a-7c3e-9d55-0a1b2c3d4e5f");

    private static final Instant AT = Instant.parse("2026-11-23T14:00:00.125Z");

    private RawRecords() {}

    static RawRecord html(String html) {
        return fetched(
                1, "https://shop.example/lamps", "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    static RawRecord fetched(int ordinal, String url, @Nullable String contentType, byte[] body) {
        return of(RUN, ordinal, url, contentType, body.length, new FetchOutcome.Fetched());
    }

    static RawRecord of(
            UUID run,
            int ordinal,
            String url,
            @Nullable String contentType,
            int bodyLength,
            FetchOutcome outcome) {
        String urlId =
                CanonicalUrl.parse(url) instanceof CanonicalUrl canonical
                        ? canonical.urlId()
                        : "0".repeat(32);
        return new RawRecord(
                run,
                ordinal,
                1,
                url,
                urlId,
                url,
                List.of(),
                AT,
                200,
                outcome,
                1,
                12,
                contentType,
                null,
                contentType == null ? Map.of() : Map.of("content-type", List.of(contentType)),
                false,
                bodyLength,
                null);
    }

    /// The record as a message.
    static ProducerRecord<String, byte[]> message(RawRecord raw, byte[] body) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(
                        Topics.RAW_RECORDS, raw.urlId(), CompressedBody.compress(body));
        message.headers().add(Topics.RAW_RECORD_HEADER, Wire.write(raw));
        return message;
    }
}
