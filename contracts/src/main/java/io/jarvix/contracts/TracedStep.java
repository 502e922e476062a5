package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// One step of a URL's way through the topics, as a span of OpenTelemetry. The way goes on in the
/// message header `traceparent` (W3C Trace Context), which each step reads from the message that it
/// was given and writes into the message that it sends: messages are handled in batches and on
/// changing threads, so nothing is left to the current thread's context.
///
/// Where no OpenTelemetry SDK is at work, a step costs a few allocations and writes no header. Safe
/// from any thread; ended once.
public final class TracedStep implements AutoCloseable {

    private static final AttributeKey<String> RUN_ID = AttributeKey.stringKey("jarvix.run_id");
    private static final AttributeKey<Long> ORDINAL = AttributeKey.longKey("jarvix.ordinal");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");

    private static final W3CTraceContextPropagator WIRE = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<Headers> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Headers headers) {
                    return WIRE.fields();
                }

                @Override
                public @Nullable String get(@Nullable Headers headers, String key) {
                    @Nullable Header header = headers == null ? null : headers.lastHeader(key);
                    return header == null ? null : new String(header.value(), US_ASCII);
                }
            };

    /// Looked up with the first message: the application has set up OpenTelemetry by then.
    private static final class Lazy {
        private static final Tracer TRACER = GlobalOpenTelemetry.getTracer("io.jarvix");
    }

    private final Context context;
    private final Span span;

    private TracedStep(String name, SpanKind kind, Context parent) {
        this.span = Lazy.TRACER.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
        this.context = parent.with(span);
    }

    /// The first step: nothing was received, something is sent.
    public static TracedStep first(String name) {
        return new TracedStep(name, SpanKind.PRODUCER, Context.root());
    }

    /// The step that a message asks for.
    ///
    /// @param received headers of that message
    public static TracedStep of(String name, Headers received) {
        return new TracedStep(
                name, SpanKind.CONSUMER, WIRE.extract(Context.root(), received, HEADERS));
    }

    /// Says which line of which run this is about.
    public TracedStep about(UUID runId, int ordinal, String url) {
        if (span.isRecording()) {
            span.setAttribute(RUN_ID, runId.toString());
            span.setAttribute(ORDINAL, (long) ordinal);
            span.setAttribute(URL, url);
        }
        return this;
    }

    /// Writes the way so far into a message that is to be sent.
    public void continueIn(Headers sent) {
        WIRE.inject(
                context,
                sent,
                (headers, key, value) -> {
                    if (headers != null) {
                        headers.remove(key).add(key, value.getBytes(US_ASCII));
                    }
                });
    }

    @Override
    public void close() {
        span.end();
    }
}
