package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import io.jarvix.contracts.Score;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A run against an earlier one. Runs of the same name and owner are a series.
@Path("/runs/{id}/diff")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scores")
class RunDiffResource {

    private final VisibleRuns runs;
    private final AgroalDataSource source;
    private final LedgerReader ledger;
    private final PageLimit pageLimit;

    RunDiffResource(
            VisibleRuns runs, AgroalDataSource source, LedgerReader ledger, PageLimit pageLimit) {
        this.runs = runs;
        this.source = source;
        this.ledger = ledger;
        this.pageLimit = pageLimit;
    }

    @GET
    @Operation(
            summary = "What changed since an earlier run, URL by URL, and why",
            description =
                    "Against the run before in the series (the same name), or the one that"
                            + " `against` names. NEW, GONE, IMPROVED (score over +10 % of the older),"
                            + " DECLINED (below -10 %), STABLE. A page whose score was 0 has improved"
                            + " when it has any score now. Both runs must have no open line.")
    public RunDiff diff(
            @PathParam("id") String id,
            @QueryParam("against") @Nullable String against,
            @QueryParam("change") List<RunComparison.Change> changes,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws SQLException {
        pageLimit.check(limit);
        Run run = closed(runs.find(id));
        Run earlier = closed(against == null ? previous(run) : runs.find(against));
        Map<RunComparison.Change, Integer> counts;
        Views.Page<RunComparison.Item> page;
        try (Connection connection = source.getConnection()) {
            RunComparison comparison = new RunComparison(connection, run.id, earlier.id);
            counts = comparison.counts();
            page =
                    Views.Page.of(
                            comparison.items(Set.copyOf(changes), cursor, limit + 1),
                            limit,
                            RunComparison.Item::cursor,
                            item -> item);
        }
        return new RunDiff(
                RunDiff.Side.of(run),
                RunDiff.Side.of(earlier),
                counts,
                rows(page.items(), run.id, earlier.id),
                page.nextCursor());
    }

    private Run previous(Run run) throws SQLException {
        UUID previous;
        try (Connection connection = source.getConnection()) {
            previous =
                    RunComparison.previousOf(connection, run.id)
                            .orElseThrow(() -> noEarlierRun(run));
        }
        return runs.find(previous.toString());
    }

    private static Run closed(Run run) {
        if (run.closedAt == null) {
            throw new Problem(
                            409,
                            "run-goes-on",
                            "The run is not over",
                            "Run "
                                    + run.id
                                    + " is "
                                    + run.state
                                    + "; it can be compared when its last line has ended.")
                    .with("state", run.state.name())
                    .retryAfter(5);
        }
        return run;
    }

    private static Problem noEarlierRun(Run run) {
        return new Problem(
                404,
                "no-earlier-run",
                "There is no earlier run",
                (run.retryOf == null
                                ? "No run named " + run.name + " was over before this one"
                                : "A retry belongs to no series")
                        + ": name a run with ?against=.");
    }

    private List<RunDiff.Row> rows(List<RunComparison.Item> items, UUID run, UUID earlier)
            throws SQLException {
        Map<Integer, LedgerReader.ScoredLine> then =
                ledger.scored(earlier, present(items, RunComparison.Item::before));
        Map<Integer, LedgerReader.ScoredLine> today =
                ledger.scored(run, present(items, RunComparison.Item::now));
        Map<String, LedgerReader.Line> unscoredThen =
                ledger.unscored(earlier, of(items, RunComparison.Change.NEW));
        Map<String, LedgerReader.Line> unscoredNow =
                ledger.unscored(run, of(items, RunComparison.Change.GONE));
        return items.stream()
                .map(
                        item ->
                                row(
                                        item,
                                        item.before() == null ? null : then.get(item.before()),
                                        item.now() == null ? null : today.get(item.now()),
                                        (item.now() == null ? unscoredNow : unscoredThen)
                                                .get(item.urlId())))
                .toList();
    }

    private static RunDiff.Row row(
            RunComparison.Item item,
            LedgerReader.@Nullable ScoredLine before,
            LedgerReader.@Nullable ScoredLine now,
            LedgerReader.@Nullable Line instead) {
        Score then = before == null ? null : before.score();
        Score today = now == null ? null : now.score();
        Double points =
                then == null || today == null
                        ? null
                        : ScoreDifference.inThousandths(today.value() - then.value());
        return new RunDiff.Row(
                item.urlId(),
                Objects.requireNonNull(now == null ? before : now).url(),
                item.change(),
                before == null ? null : RunDiff.Standing.of(before.ordinal(), before.score()),
                now == null ? null : RunDiff.Standing.of(now.ordinal(), now.score()),
                points,
                points == null || then == null || then.value() == 0
                        ? null
                        : Math.round(points / then.value() * 1_000) / 10.0,
                ScoreDifference.of(then, today),
                instead);
    }

    private static List<Integer> present(
            List<RunComparison.Item> items,
            Function<RunComparison.Item, @Nullable Integer> ordinal) {
        return items.stream().map(ordinal).filter(Objects::nonNull).toList();
    }

    private static List<String> of(List<RunComparison.Item> items, RunComparison.Change change) {
        return items.stream()
                .filter(item -> item.change() == change)
                .map(RunComparison.Item::urlId)
                .toList();
    }
}
