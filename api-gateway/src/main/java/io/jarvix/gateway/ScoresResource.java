package io.jarvix.gateway;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A run's scores, best first: by the page as JSON, or all of them as CSV, NDJSON or Parquet.
@Path("/runs/{id}")
@RunOnVirtualThread
@Tag(name = "Scores")
class ScoresResource {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final String PARQUET = "application/vnd.apache.parquet";

    /// What is offered; the first one where the client takes anything.
    private static final List<MediaType> OFFERED =
            Stream.of(MediaType.APPLICATION_JSON, CSV, NDJSON, PARQUET)
                    .map(MediaType::valueOf)
                    .toList();

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
    @Produces({MediaType.APPLICATION_JSON, CSV, NDJSON, PARQUET})
    @Operation(
            summary = "Scores, best first",
            description =
                    "JSON by the page; with Accept: text/csv, application/x-ndjson or"
                            + " application/vnd.apache.parquet all of them as a stream of any size. The"
                            + " filters hold for each form; cursor and limit for JSON.")
    @APIResponse(
            responseCode = "200",
            description = "Scores",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Views.ScorePage.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = PARQUET,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response scores(
            @PathParam("id") String id,
            @QueryParam("action") @Nullable Action action,
            @QueryParam("host") @Nullable String host,
            @QueryParam("language") @Nullable String language,
            @QueryParam("minScore") @DefaultValue("0") double min,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @Context HttpHeaders headers)
            throws SQLException {
        Run run = runs.find(id);
        LedgerReader.ScoreFilter filter = new LedgerReader.ScoreFilter(action, host, language, min);
        return switch (form(headers.getAcceptableMediaTypes())) {
            case CSV ->
                    attachment(
                            out -> export.csv(run.id, filter, out),
                            CSV + ";charset=utf-8",
                            run,
                            "csv");
            case NDJSON ->
                    attachment(out -> export.ndjson(run.id, filter, out), NDJSON, run, "ndjson");
            case PARQUET ->
                    attachment(out -> export.parquet(run.id, filter, out), PARQUET, run, "parquet");
            default -> page(run, filter, cursor, limit);
        };
    }

    private static String form(List<MediaType> accepted) {
        for (MediaType wanted : accepted) {
            for (MediaType offered : OFFERED) {
                if (wanted.isCompatible(offered)) {
                    return offered.toString();
                }
            }
        }
        return MediaType.APPLICATION_JSON;
    }

    private Response page(
            Run run, LedgerReader.ScoreFilter filter, @Nullable String cursor, int limit)
            throws SQLException {
        Cursor after = cursor == null ? null : Cursor.decode(cursor, 2);
        List<Views.ScoreRow> rows =
                ledger.scores(run.id, filter, after, pageLimit.check(limit) + 1).stream()
                        .map(Views.ScoreRow::of)
                        .toList();
        Views.Page<Views.ScoreRow> page =
                Views.Page.of(rows, limit, Views.ScoreRow::cursor, row -> row);
        return Response.ok(new Views.ScorePage(page.items(), page.nextCursor()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    @GET
    @Path("/scores/{ordinal}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "One line's result in full: signals, terms, evidence, and how far to the next"
                            + " action")
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
}
