package io.jarvix.gateway;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A run's scores, best first: by the page as JSON, or all of them as CSV or NDJSON.
@Path("/runs/{id}")
@RunOnVirtualThread
@Tag(name = "Scores")
class ScoresResource {

    private static final String CSV = "text/csv; charset=utf-8";
    private static final String NDJSON = "application/x-ndjson";
    private static final LedgerReader.ScoreFilter ALL =
            new LedgerReader.ScoreFilter(null, null, null, 0);

    private final LedgerReader ledger;
    private final ScoreExport export;
    private final VisibleRuns runs;
    private final PageLimit pageLimit;

    ScoresResource(LedgerReader ledger, ScoreExport export, VisibleRuns runs, PageLimit pageLimit) {
        this.ledger = ledger;
        this.export = export;
        this.runs = runs;
        this.pageLimit = pageLimit;
    }

    @GET
    @Path("/scores")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", NDJSON})
    @Operation(
            summary = "Scores, best first",
            description =
                    "JSON by the page; with Accept: text/csv or application/x-ndjson all of them as a stream.")
    @APIResponse(
            responseCode = "200",
            description = "Scores",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Views.ScorePage.class)),
                @Content(mediaType = "text/csv"),
                @Content(mediaType = NDJSON)
            })
    public Response scores(
            @PathParam("id") String id,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("host") @Nullable String host,
            @QueryParam("language") @Nullable String language,
            @QueryParam("minScore") @DefaultValue("0") double min,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @HeaderParam("Accept") @DefaultValue("*/*") String accept)
            throws SQLException {
        Run run = runs.find(id);
        LedgerReader.ScoreFilter filter = new LedgerReader.ScoreFilter(action, host, language, min);
        if (accept.startsWith("text/csv")) {
            return attachment(out -> export.csv(run.id, filter, out), CSV, run, "csv");
        }
        if (accept.startsWith(NDJSON)) {
            return attachment(out -> export.ndjson(run.id, filter, out), NDJSON, run, "ndjson");
        }
        Cursor after = cursor == null ? null : Cursor.decode(cursor, 2);
        List<PageScore> pages = ledger.scores(run.id, filter, after, pageLimit.check(limit));
        Views.ScorePage page =
                new Views.ScorePage(
                        pages.stream().map(Views.ScoreRow::of).toList(),
                        pages.size() < limit ? null : cursorAfter(pages.getLast()));
        return Response.ok(page).type(MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("/scores/{ordinal}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "One line's result in full: signals, terms, evidence, and how far to the next action")
    public Response explain(@PathParam("id") String id, @PathParam("ordinal") int ordinal)
            throws SQLException {
        Run run = runs.find(id);
        PageScore page = ledger.result(run.id, ordinal);
        if (page == null) {
            throw new Problem(
                    404,
                    "no-result",
                    "No result",
                    "Line "
                            + ordinal
                            + " of the run has no result: see /runs/"
                            + run.id
                            + "/urls.");
        }
        return Response.ok(Wire.write(page)).build();
    }

    @GET
    @Path("/top")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The best pages")
    public List<Views.ScoreRow> top(
            @PathParam("id") String id, @QueryParam("limit") @DefaultValue("10") int limit)
            throws SQLException {
        return ledger.scores(runs.find(id).id, ALL, null, pageLimit.check(limit)).stream()
                .map(Views.ScoreRow::of)
                .toList();
    }

    private static Response attachment(
            StreamingOutput rows, String type, Run run, String extension) {
        return Response.ok(rows)
                .type(type)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"jarvix-" + run.id + "-scores." + extension + "\"")
                .build();
    }

    private static String cursorAfter(PageScore page) {
        if (!(page.result() instanceof PageResult.Scored scored)) {
            throw new IllegalArgumentException("not scored: " + page.ordinal());
        }
        return Cursor.of(scored.score().value(), page.ordinal()).encode();
    }
}
