package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;

/// The URL was asked for and no usable page came of it.
///
/// @param kind the class of the failure, stable, for counting
/// @param message one sentence for a person: what happened, with the number or the name that
///     matters
@JsonTypeName("FAILED")
public record Failed(FailureKind kind, String message) implements FetchOutcome, PageResult {

    public Failed {
        kind = Objects.requireNonNullElse(kind, FailureKind.UNKNOWN);
        message = Objects.requireNonNullElse(message, "");
    }
}
