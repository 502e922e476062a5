package io.jarvix.contracts;

/// What to do about a page, from the best to the least.
public enum Action {
    BUY,
    MONITOR,
    SKIP
}
