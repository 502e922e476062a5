package io.jarvix.gateway;

import io.jarvix.contracts.RunEnd;

/// Where a run stands. It is `REPORTING` from the end of its last line until its report, or the
/// report's failure, is here.
enum RunState {
    ACCEPTED,
    RUNNING,
    REPORTING,
    COMPLETED,
    CANCELLED,
    EXPIRED;

    boolean ended() {
        return this == COMPLETED || this == CANCELLED || this == EXPIRED;
    }

    /// What a report says of a run that ends in this state.
    RunEnd end() {
        return switch (this) {
            case COMPLETED -> RunEnd.COMPLETED;
            case CANCELLED -> RunEnd.CANCELLED;
            case EXPIRED -> RunEnd.EXPIRED;
            case ACCEPTED, RUNNING, REPORTING -> RunEnd.INTERIM;
        };
    }
}
