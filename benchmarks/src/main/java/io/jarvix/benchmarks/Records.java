package io.jarvix.benchmarks;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.Lease;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The origin's pages as the messages that the services read. Thread rule: one thread.
final class Records {

    private static final int PORT = 80;

    private final SitePlan plan;
    private final PageText text;

    Records(SitePlan plan) {
        this.plan = plan;
        this.text = new PageText(plan);
    }

    /// The order to fetch one page of a running origin.
    static ProducerRecord<String, byte[]> task(
            RunningOrigin origin, UUID run, int ordinal, int number) {
        CanonicalUrl url = canonical(origin.plan().urlOf(number, origin.port()));
        Instant now = Instant.now();
        UrlTask task =
                new UrlTask(
                        run,
                        ordinal,
                        url.url(),
                        url.urlId(),
                        new Lease(1, now.plus(Duration.ofHours(1))),
                        FetchOptions.NONE);
        return new ProducerRecord<>(Topics.URLS, url.host(), Wire.write(task));
    }

    /// One page as if it had been fetched.
    ProducerRecord<String, byte[]> raw(UUID run, int ordinal, int number) {
        byte[] body = body(number);
        RawRecord raw = record(run, ordinal, number, body.length);
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(
                        Topics.RAW_RECORDS, raw.urlId(), CompressedBody.compress(body));
        message.headers().add(Topics.RAW_RECORD_HEADER, Wire.write(raw));
        return message;
    }

    byte[] body(int number) {
        ByteBuf html = text.html(plan.page(number));
        try {
            return ByteBufUtil.getBytes(html);
        } finally {
            html.release();
        }
    }

    RawRecord record(UUID run, int ordinal, int number, int length) {
        CanonicalUrl url = canonical(plan.urlOf(number, PORT));
        return new RawRecord(
                run,
                ordinal,
                1,
                url.url(),
                url.urlId(),
                url.url(),
                List.of(),
                Instant.now(),
                200,
                new FetchOutcome.Fetched(),
                1,
                3,
                "text/html; charset=utf-8",
                "utf-8",
                Map.of("content-type", List.of("text/html; charset=utf-8")),
                false,
                length,
                null);
    }

    private static CanonicalUrl canonical(String url) {
        if (CanonicalUrl.parse(url) instanceof CanonicalUrl canonical) {
            return canonical;
        }
        throw new IllegalStateException("not canonical: " + url);
    }
}
