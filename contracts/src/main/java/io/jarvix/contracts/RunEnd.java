package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/// How the run stands for which a report is asked.
public enum RunEnd {
    /// Every line ended by itself.
    COMPLETED,
    /// A person ended it.
    CANCELLED,
    /// Its deadline ended it.
    EXPIRED,
    /// It goes on; the report says what there is so far.
    INTERIM,
    /// An end that this version does not know yet.
    @JsonEnumDefaultValue
    UNKNOWN
}
