package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;

/// How a URL ended: scored, failed or blocked. The ledger's terminal states SCORED, FAILED and
/// BLOCKED are these.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(PageResult.Scored.class),
    @JsonSubTypes.Type(Failed.class),
    @JsonSubTypes.Type(Blocked.class)
})
public sealed interface PageResult permits PageResult.Scored, Failed, Blocked {

    @JsonTypeName("SCORED")
    record Scored(Signals signals, Score score) implements PageResult {
        public Scored {
            Objects.requireNonNull(signals, "signals");
            Objects.requireNonNull(score, "score");
        }
    }
}
