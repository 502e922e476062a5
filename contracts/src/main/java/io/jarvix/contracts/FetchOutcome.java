package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// How a fetch ended. `FETCHED` says that an answer with a usable status arrived whole or cut at
/// the cap; anything else is a [Failed] or a [Blocked], which may have a body too (the page of a
/// 404).
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(FetchOutcome.Fetched.class),
    @JsonSubTypes.Type(Failed.class),
    @JsonSubTypes.Type(Blocked.class)
})
public sealed interface FetchOutcome permits FetchOutcome.Fetched, Failed, Blocked {

    @com.fasterxml.jackson.annotation.JsonTypeName("FETCHED")
    record Fetched() implements FetchOutcome {}
}
