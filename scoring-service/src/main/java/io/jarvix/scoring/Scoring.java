package io.jarvix.scoring;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;

/// Turns a fetched page into its result.
interface Scoring {

    /// @param body with every encoding undone
    PageResult score(RawRecord raw, byte[] body);
}
