package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Objects;

/// The URL was not asked for, because a rule forbids it.
///
/// @param rule the rule, stable, for counting
/// @param detail what matched, for a person: the line of robots.txt, the address, the path prefix
@JsonTypeName("BLOCKED")
public record Blocked(BlockRule rule, String detail) implements FetchOutcome, PageResult {

    public Blocked {
        rule = Objects.requireNonNullElse(rule, BlockRule.UNKNOWN);
        detail = Objects.requireNonNullElse(detail, "");
    }
}
