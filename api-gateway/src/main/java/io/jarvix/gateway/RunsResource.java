package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Runs: watch, read the ledger, cancel, delete.
@Path("/runs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
class RunsResource {

    private static final int LISTED_HOSTS = 5;

    private final LedgerReader ledger;
    private final LedgerSweep sweep;
    private final Transactions transactions;
    private final Loops loops;
    private final Caller caller;
    private final VisibleRuns runs;
    private final PageLimit pageLimit;
    private final Clock clock = Clock.systemUTC();

    RunsResource(
            LedgerReader ledger,
            LedgerSweep sweep,
            Transactions transactions,
            Loops loops,
            Caller caller,
            VisibleRuns runs,
            PageLimit pageLimit) {
        this.ledger = ledger;
        this.sweep = sweep;
        this.transactions = transactions;
        this.loops = loops;
        this.caller = caller;
        this.runs = runs;
        this.pageLimit = pageLimit;
    }

    @GET
    @Operation(summary = "List runs, the newest first")
    public Views.Page<Views.RunView> list(
            @QueryParam("state") @Nullable RunState state,
            @QueryParam("name") @Nullable String name,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        UUID before = cursor == null ? null : Cursor.decode(cursor, 1).id(0);
        List<Run> rows =
                Run.page(before, state, name, caller.boundTo(), pageLimit.check(limit) + 1);
        return Views.Page.of(
                rows,
                limit,
                run -> Cursor.of(run.id),
                run -> Views.RunView.of(run, List.of(), clock.instant()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A run: state, counts that add up, pace, and what it waits for")
    public Views.RunView get(@PathParam("id") String id) throws SQLException {
        return view(runs.find(id));
    }

    private Views.RunView view(Run run) throws SQLException {
        List<HostWait> waiting =
                run.pending + run.dispatched == 0
                        ? List.of()
                        : ledger.waiting(run.id, LISTED_HOSTS);
        return Views.RunView.of(run, waiting, Webhook.viewOf(run.id), clock.instant());
    }

    @GET
    @Path("/{id}/urls")
    @Operation(summary = "The ledger: every submitted line and where it stands")
    public Views.Page<LedgerReader.Line> urls(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable LineState state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws SQLException {
        Run run = runs.find(id);
        int after = cursor == null ? 0 : (int) Cursor.decode(cursor, 1).number(0);
        List<LedgerReader.Line> rows =
                ledger.lines(run.id, state, after, pageLimit.check(limit) + 1);
        return Views.Page.of(rows, limit, line -> Cursor.of(line.ordinal()), line -> line);
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "End a run now; it still gets a report of what there is")
    @APIResponseSchema(
            value = Views.RunView.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response cancel(@PathParam("id") String id) throws Exception {
        Run run = runs.find(id);
        boolean cancelled =
                transactions.run(
                        connection ->
                                sweep.end(connection, run.id, RunState.CANCELLED, clock.instant()));
        if (!cancelled) {
            throw new Problem(
                    409,
                    "run-is-over",
                    "The run is over",
                    "The run has no open line any more: there is nothing to cancel.");
        }
        loops.closed(Set.of(run.id));
        loops.wakeDispatcher();
        return Response.accepted(
                        view(QuarkusTransaction.requiringNew().call(() -> Run.find(run.id))))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a run that is over, with its ledger and its report")
    public void delete(@PathParam("id") String id) {
        Run run = runs.find(id);
        run.requireEnded("deleted");
        QuarkusTransaction.requiringNew().run(() -> Run.deleteById(run.id));
    }
}
