package io.jarvix.collector;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/// The archive's columns, and how a raw record and its body become a row of them. Columns are added
/// at the end and never renamed.
final class ArchiveRows extends WriteSupport<ArchiveRows.Row> {

    /// @param body content-encoding undone
    record Row(RawRecord raw, byte[] body) {}

    private static final org.apache.parquet.schema.LogicalTypeAnnotation UTC_MICROS =
            timestampType(true, org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS);

    static final MessageType SCHEMA =
            Types.buildMessage()
                    .required(BINARY)
                    .as(stringType())
                    .named("run_id")
                    .required(INT32)
                    .named("ordinal")
                    .required(INT32)
                    .named("lease")
                    .required(BINARY)
                    .as(stringType())
                    .named("url")
                    .required(BINARY)
                    .as(stringType())
                    .named("final_url")
                    .required(BINARY)
                    .as(stringType())
                    .named("url_id")
                    .requiredList()
                    .requiredElement(BINARY)
                    .as(stringType())
                    .named("redirects")
                    .required(INT64)
                    .as(UTC_MICROS)
                    .named("fetched_at")
                    .optional(INT32)
                    .named("status")
                    .required(BINARY)
                    .as(stringType())
                    .named("outcome")
                    .optional(BINARY)
                    .as(stringType())
                    .named("error_kind")
                    .optional(BINARY)
                    .as(stringType())
                    .named("error_message")
                    .required(INT32)
                    .named("attempts")
                    .required(INT64)
                    .named("duration_ms")
                    .optional(BINARY)
                    .as(stringType())
                    .named("content_type")
                    .optional(BINARY)
                    .as(stringType())
                    .named("charset")
                    .requiredMap()
                    .key(BINARY)
                    .as(stringType())
                    .requiredListValue()
                    .requiredElement(BINARY)
                    .as(stringType())
                    .named("headers")
                    .required(BOOLEAN)
                    .named("truncated")
                    .required(BINARY)
                    .named("body")
                    .named("raw_record");

    private @Nullable RecordConsumer consumer;

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public WriteContext init(Configuration configuration) {
        return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer to = consumer();
        RawRecord raw = row.raw();
        to.startMessage();
        text("run_id", raw.runId().toString());
        number("ordinal", raw.ordinal());
        number("lease", raw.lease());
        text("url", raw.url());
        text("final_url", raw.finalUrl());
        text("url_id", raw.urlId());
        field("redirects", () -> list(raw.redirects()));
        big("fetched_at", micros(raw.fetchedAt()));
        if (raw.status() != null) {
            number("status", raw.status());
        }
        outcome(raw.outcome());
        number("attempts", raw.attempts());
        big("duration_ms", raw.durationMillis());
        optionalText("content_type", raw.contentType());
        optionalText("charset", raw.charset());
        field("headers", () -> map(raw.headers()));
        field("truncated", () -> to.addBoolean(raw.truncated()));
        field("body", () -> to.addBinary(Binary.fromConstantByteArray(row.body())));
        to.endMessage();
    }

    private void outcome(FetchOutcome outcome) {
        switch (outcome) {
            case FetchOutcome.Fetched fetched -> text("outcome", "FETCHED");
            case Failed failed -> {
                text("outcome", "FAILED");
                text("error_kind", failed.kind().name());
                text("error_message", failed.message());
            }
            case Blocked blocked -> {
                text("outcome", "BLOCKED");
                text("error_kind", blocked.rule().name());
                text("error_message", blocked.detail());
            }
        }
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1_000;
    }

    private void text(String name, String value) {
        field(name, () -> consumer().addBinary(Binary.fromString(value)));
    }

    private void optionalText(String name, @Nullable String value) {
        if (value != null) {
            text(name, value);
        }
    }

    private void number(String name, int value) {
        field(name, () -> consumer().addInteger(value));
    }

    private void big(String name, long value) {
        field(name, () -> consumer().addLong(value));
    }

    private void field(String name, Runnable value) {
        int index = SCHEMA.getFieldIndex(name);
        consumer().startField(name, index);
        value.run();
        consumer().endField(name, index);
    }

    private void list(List<String> values) {
        RecordConsumer to = consumer();
        to.startGroup();
        if (!values.isEmpty()) {
            to.startField("list", 0);
            for (String value : values) {
                to.startGroup();
                to.startField("element", 0);
                to.addBinary(Binary.fromString(value));
                to.endField("element", 0);
                to.endGroup();
            }
            to.endField("list", 0);
        }
        to.endGroup();
    }

    private void map(Map<String, List<String>> entries) {
        RecordConsumer to = consumer();
        to.startGroup();
        if (!entries.isEmpty()) {
            to.startField("key_value", 0);
            entries.forEach(
                    (key, values) -> {
                        to.startGroup();
                        to.startField("key", 0);
                        to.addBinary(Binary.fromString(key));
                        to.endField("key", 0);
                        to.startField("value", 1);
                        list(values);
                        to.endField("value", 1);
                        to.endGroup();
                    });
            to.endField("key_value", 0);
        }
        to.endGroup();
    }

    private RecordConsumer consumer() {
        if (consumer == null) {
            throw new IllegalStateException("not prepared");
        }
        return consumer;
    }
}
