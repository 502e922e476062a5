package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;
import java.util.UUID;

/// What became of a [ReportRequest]: the JSON of Kafka header [Topics#REPORT_RESULT_HEADER] on
/// topic [Topics#REPORTS], keyed by run id. The message's value is the PDF where there is one.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(ReportResult.Rendered.class),
    @JsonSubTypes.Type(ReportResult.NotRendered.class)
})
public sealed interface ReportResult {

    UUID runId();

    UUID requestId();

    /// The message's value is the PDF.
    ///
    /// @param sha256 of the PDF's bytes, hex
    @JsonTypeName("RENDERED")
    record Rendered(
            UUID runId, UUID requestId, int pages, String sha256, int length, long durationMillis)
            implements ReportResult {
        public Rendered {
            Objects.requireNonNull(runId, "runId");
            Objects.requireNonNull(requestId, "requestId");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /// There is no PDF after all attempts.
    ///
    /// @param reason one sentence for a person
    @JsonTypeName("NOT_RENDERED")
    record NotRendered(UUID runId, UUID requestId, String reason) implements ReportResult {
        public NotRendered {
            Objects.requireNonNull(runId, "runId");
            Objects.requireNonNull(requestId, "requestId");
            reason = Objects.requireNonNullElse(reason, "");
        }
    }
}
