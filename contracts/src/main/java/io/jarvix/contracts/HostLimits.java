package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How fast the collector may ask a host, as it was when a URL of that host came to its end: what
/// the run's other URLs of the host wait for.
///
/// @param delayMillis between two requests to the host; 0: none
/// @param delayRule whose wish the delay is; absent where there is none
/// @param concurrency requests at once
/// @param pause absent where the host is not paused
public record HostLimits(
        long delayMillis, @Nullable DelayRule delayRule, int concurrency, @Nullable Pause pause) {

    /// Who asks for a delay. Where several do, it is the one who asks for the longest.
    public enum DelayRule {
        /// The `crawl-delay` of the host's robots.txt.
        ROBOTS,
        /// The run's own options.
        RUN,
        /// The collector's configuration.
        OPERATOR,
        /// One that this version does not know yet.
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /// The host is left alone until a moment.
    public record Pause(Instant until, PauseCause cause) {
        public Pause {
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(cause, "cause");
        }
    }

    /// Why a host is left alone.
    public enum PauseCause {
        /// It answered 429 or 503; `Retry-After` is obeyed.
        REFUSING,
        /// It does not answer.
        SILENT,
        /// One that this version does not know yet.
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
