package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.Score;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What changed from one run to another, a page of it.
///
/// @param against the earlier run
/// @param counts how many URLs changed how, of all pages
/// @param items changed scores first, then new and gone URLs, then stable ones; the largest
///     difference first
/// @param nextCursor to be sent as `cursor` for the next page; absent on the last
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunDiff(
        Side run,
        Side against,
        Map<RunComparison.Change, Integer> counts,
        List<Row> items,
        @Nullable String nextCursor) {

    /// @param scored the lines that have a score, which are those that are compared
    record Side(UUID id, String name, RunState state, Instant submittedAt, int scored) {

        static Side of(Run run) {
            return new Side(run.id, run.name, run.state, run.submittedAt, run.scored);
        }
    }

    /// One URL.
    ///
    /// @param before its score in the earlier run, absent where it has none
    /// @param now its score in the later run, absent where it has none
    /// @param points now less before; absent where one of them is
    /// @param percent of the earlier score; absent where that is 0 or absent
    /// @param why what made the difference
    /// @param instead how the URL ended in the run that has no score for it; absent where that run
    ///     did not have the URL at all
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String urlId,
            String url,
            RunComparison.Change change,
            @Nullable Standing before,
            @Nullable Standing now,
            @Nullable Double points,
            @Nullable Double percent,
            ScoreDifference why,
            LedgerReader.@Nullable Line instead) {}

    record Standing(int ordinal, double score, Action action) {

        static Standing of(int ordinal, Score score) {
            return new Standing(ordinal, score.value(), score.action());
        }
    }
}
