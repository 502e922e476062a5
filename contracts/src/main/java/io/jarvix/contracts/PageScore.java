package io.jarvix.contracts;

import java.util.Objects;
import java.util.UUID;

/// The end of one URL, on topic [Topics#SCORES], keyed by `urlId`: the ledger turns it into a
/// terminal state.
///
/// @param lease the number of the lease under which it was fetched
/// @param fetch the facts of the fetch that a reader of the score wants
/// @param result scored, failed or blocked
public record PageScore(
        UUID runId,
        int ordinal,
        int lease,
        String url,
        String urlId,
        FetchFacts fetch,
        PageResult result) {

    public PageScore {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(urlId, "urlId");
        Objects.requireNonNull(fetch, "fetch");
        Objects.requireNonNull(result, "result");
    }
}
