package io.jarvix.gateway;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Runs: submit, watch, read, cancel.
@Path("/runs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class RunsResource {

    private static final int LISTED_LINES = 100;
    private static final int LISTED_HOSTS = 5;

    private final Intake intake;
    private final LedgerReader ledger;
    private final LedgerSweep sweep;
    private final Transactions transactions;
    private final Loops loops;
    private final GatewayConfig.Limits limits;
    private final Clock clock = Clock.systemUTC();

    RunsResource(
            Intake intake,
            LedgerReader ledger,
            LedgerSweep sweep,
            Transactions transactions,
            Loops loops,
            GatewayConfig config) {
        this.intake = intake;
        this.ledger = ledger;
        this.sweep = sweep;
        this.transactions = transactions;
        this.loops = loops;
        this.limits = config.limits();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response submitJson(InputStream body) throws Exception {
        return accepted(intake.submitJson(body, null));
    }

    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    public Response submitText(
            InputStream body,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("language") @Nullable String language)
            throws Exception {
        RunOptions options = new RunOptions(null, null, null, null, null, language);
        SeedReader.Head head = new SeedReader.Head(SeedReader.checkName(name), options);
        return accepted(intake.submitText(body, head, null));
    }

    private Response accepted(UUID id) throws SQLException {
        loops.wakeDispatcher();
        Run run = Run.find(id);
        if (run.state == RunState.REPORTING) {
            loops.closed(java.util.Set.of(id));
        }
        Views.Accepted body =
                new Views.Accepted(
                        id,
                        run.name,
                        run.state,
                        run.submitted,
                        run.counts(),
                        ledger.lines(id, LineState.INVALID, 0, LISTED_LINES).stream()
                                .map(
                                        line ->
                                                new Views.Refused(
                                                        line.ordinal(),
                                                        line.line(),
                                                        line.message()))
                                .toList(),
                        ledger.lines(id, LineState.DUPLICATE, 0, LISTED_LINES).stream()
                                .map(
                                        line ->
                                                new Views.Repeated(
                                                        line.ordinal(),
                                                        line.url(),
                                                        line.duplicateOf()))
                                .toList());
        return Response.accepted(body).location(URI.create("/runs/" + id)).build();
    }

    @GET
    public Views.Page<Views.RunView> list(
            @QueryParam("state") @Nullable RunState state,
            @QueryParam("name") @Nullable String name,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        UUID before =
                cursor == null ? null : RunId.parse(Cursor.decode(cursor, 1).key().getFirst());
        List<Run> runs = Run.page(before, state, name, checkLimit(limit));
        return new Views.Page<>(
                runs.stream()
                        .map(run -> Views.RunView.of(run, List.of(), clock.instant()))
                        .toList(),
                runs.size() < limit ? null : Cursor.of(runs.getLast().id).encode());
    }

    @GET
    @Path("/{id}")
    public Views.RunView get(@PathParam("id") String id) throws SQLException {
        Run run = find(id);
        List<LedgerReader.Waiting> waiting =
                run.pending + run.dispatched == 0
                        ? List.of()
                        : ledger.waiting(run.id, LISTED_HOSTS);
        return Views.RunView.of(run, waiting, clock.instant());
    }

    @GET
    @Path("/{id}/urls")
    public Views.Page<LedgerReader.Line> urls(
            @PathParam("id") String id,
            @QueryParam("state") @Nullable LineState state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws SQLException {
        Run run = find(id);
        int after = cursor == null ? 0 : (int) Cursor.decode(cursor, 1).number(0);
        List<LedgerReader.Line> lines = ledger.lines(run.id, state, after, checkLimit(limit));
        return new Views.Page<>(
                lines, lines.size() < limit ? null : Cursor.of(lines.getLast().ordinal()).encode());
    }

    @GET
    @Path("/{id}/scores")
    public Views.Page<Views.ScoreRow> scores(
            @PathParam("id") String id,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("host") @Nullable String host,
            @QueryParam("language") @Nullable String language,
            @QueryParam("minScore") @DefaultValue("0") double min,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit)
            throws SQLException {
        Run run = find(id);
        Cursor after = cursor == null ? null : Cursor.decode(cursor, 2);
        LedgerReader.ScoreFilter filter = new LedgerReader.ScoreFilter(action, host, language, min);
        List<PageScore> pages = ledger.scores(run.id, filter, after, checkLimit(limit));
        return new Views.Page<>(
                pages.stream().map(Views.ScoreRow::of).toList(),
                pages.size() < limit ? null : cursorAfter(pages.getLast()));
    }

    @GET
    @Path("/{id}/top")
    public List<Views.ScoreRow> top(
            @PathParam("id") String id, @QueryParam("limit") @DefaultValue("10") int limit)
            throws SQLException {
        LedgerReader.ScoreFilter all = new LedgerReader.ScoreFilter(null, null, null, 0);
        return ledger.scores(find(id).id, all, null, checkLimit(limit)).stream()
                .map(Views.ScoreRow::of)
                .toList();
    }

    @GET
    @Path("/{id}/report.pdf")
    @Produces("application/pdf")
    public Response report(@PathParam("id") String id) throws SQLException {
        Run run = find(id);
        Report report = Report.of(run.id);
        if (report == null) {
            Long eta = get(id).etaSeconds();
            throw new Problem(
                            409,
                            "report-not-ready",
                            "The report is not ready",
                            "The run is "
                                    + run.state
                                    + "; its report is printed when its last URL has ended.")
                    .with("state", run.state.name())
                    .retryAfter(Views.roughly(eta).toSeconds());
        }
        if (report.pdf == null) {
            throw new Problem(
                    410,
                    "report-failed",
                    "The report could not be printed",
                    String.valueOf(report.error));
        }
        return Response.ok(report.pdf)
                .type("application/pdf")
                .header("Content-Disposition", "inline; filename=\"jarvix-" + run.id + ".pdf\"")
                .build();
    }

    @POST
    @Path("/{id}/cancel")
    public Response cancel(@PathParam("id") String id) throws Exception {
        Run run = find(id);
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
        loops.closed(java.util.Set.of(run.id));
        loops.wakeDispatcher();
        return Response.accepted(Views.RunView.of(Run.find(run.id), List.of(), clock.instant()))
                .build();
    }

    private static Run find(String id) {
        return Run.find(RunId.parse(id));
    }

    private int checkLimit(int limit) {
        if (limit < 1 || limit > limits.pageSize()) {
            throw Problem.invalidField("limit", "must be 1 to " + limits.pageSize());
        }
        return limit;
    }

    private static String cursorAfter(PageScore page) {
        if (!(page.result() instanceof PageResult.Scored scored)) {
            throw new IllegalArgumentException("not scored: " + page.ordinal());
        }
        return Cursor.of(scored.score().value(), page.ordinal()).encode();
    }
}
