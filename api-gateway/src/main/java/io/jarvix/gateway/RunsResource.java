package io.jarvix.gateway;

import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Runs: submit, watch, read the ledger, cancel, retry, delete.
@Path("/runs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
class RunsResource {

    private static final int LISTED_LINES = 100;
    private static final int LISTED_HOSTS = 5;
    private static final String KEY = "Idempotency-Key";

    /// A header and no query parameter: those are logged by what stands between.
    private static final String WEBHOOK_SECRET = "Webhook-Secret";

    private final Intake intake;
    private final LedgerReader ledger;
    private final LedgerSweep sweep;
    private final Transactions transactions;
    private final Loops loops;
    private final Caller caller;
    private final VisibleRuns runs;
    private final PageLimit pageLimit;
    private final Clock clock = Clock.systemUTC();

    RunsResource(
            Intake intake,
            LedgerReader ledger,
            LedgerSweep sweep,
            Transactions transactions,
            Loops loops,
            Caller caller,
            VisibleRuns runs,
            PageLimit pageLimit) {
        this.intake = intake;
        this.ledger = ledger;
        this.sweep = sweep;
        this.transactions = transactions;
        this.loops = loops;
        this.caller = caller;
        this.runs = runs;
        this.pageLimit = pageLimit;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit a run",
            description =
                    """
                    Takes any number of seed URLs as a stream. Answers with what was invalid or a duplicate, by line.

                    A `webhook` (for text the query parameter `webhook` and the header `Webhook-Secret`, for a file the \
                    fields `webhook` and `webhookSecret`) is told once of the run's end: a POST with the JSON of the event \
                    `run.ended`, at least once and each time with the same `webhook-id`. `webhook-signature` is `v1,` and \
                    the Base64 of HMAC-SHA256 over `id.timestamp.body` with the secret (Standard Webhooks); \
                    `webhook-timestamp` is in seconds. Anything but a 2xx is tried again with growing pauses.\
                    """)
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            examples =
                                    @ExampleObject(
                                            name = "Two companies",
                                            value =
                                                    """
                                                    {"name": "spring", "seeds": ["https://a.example/", "https://b.example/"],
                                                     "options": {"minDelayMillis": 500, "language": "en",
                                                      "webhook": {"url": "https://hooks.example/jarvix",
                                                                  "secret": "whsec_c2l4dGVlbiBieXRlcyBvciBtb3Jl"}}}\
                                                    """)))
    @APIResponseSchema(
            value = Views.Accepted.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response submitJson(InputStream body, @HeaderParam(KEY) @Nullable String key)
            throws Exception {
        return accepted(intake.submitJson(body, sender(key)));
    }

    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN,
                            examples =
                                    @ExampleObject(
                                            name = "One URL a line",
                                            value =
                                                    "# companies\n"
                                                            + "https://a.example/\n"
                                                            + "https://b.example/\n")))
    @APIResponseSchema(
            value = Views.Accepted.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response submitText(
            InputStream body,
            @HeaderParam(KEY) @Nullable String key,
            @QueryParam("name") @DefaultValue("") String name,
            @QueryParam("language") @Nullable String language,
            @QueryParam("webhook") @Nullable String webhook,
            @HeaderParam(WEBHOOK_SECRET) @Nullable String secret)
            throws Exception {
        SeedReader.Head head = head(name, language, WebhookOptions.of(webhook, secret));
        return accepted(intake.submitText(body, head, sender(key)));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @APIResponseSchema(
            value = Views.Accepted.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response submitFile(
            @RestForm("file") @Nullable FileUpload file,
            @RestForm("name") @Nullable String name,
            @RestForm("language") @Nullable String language,
            @RestForm("webhook") @Nullable String webhook,
            @RestForm("webhookSecret") @Nullable String secret,
            @HeaderParam(KEY) @Nullable String key)
            throws Exception {
        if (file == null) {
            throw Problem.invalidField(
                    "file", "is missing: send the list as a file, one URL a line");
        }
        SeedReader.Head head =
                head(
                        Objects.requireNonNullElse(name, ""),
                        language,
                        WebhookOptions.of(webhook, secret));
        try (InputStream body = Files.newInputStream(file.uploadedFile())) {
            return accepted(intake.submitText(body, head, sender(key)));
        }
    }

    private Intake.Sender sender(@Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > 200)) {
            throw Problem.invalidField(KEY, "must have 1 to 200 characters");
        }
        return new Intake.Sender(caller.key(), key);
    }

    private static SeedReader.Head head(
            String name, @Nullable String language, @Nullable WebhookOptions webhook) {
        return new SeedReader.Head(
                SeedReader.checkName(name),
                new RunOptions(null, null, null, null, null, language, webhook));
    }

    private Response accepted(Intake.Taken taken) throws SQLException {
        loops.wakeDispatcher();
        Run run = Run.find(taken.run());
        Log.infof("run accepted: runId=%s, lines=%d", run.id, run.submitted);
        if (run.state == RunState.REPORTING) {
            loops.closed(Set.of(run.id));
        }
        Views.Accepted body =
                new Views.Accepted(
                        run.id,
                        run.name,
                        run.state,
                        run.submitted,
                        run.counts(),
                        ledger.lines(run.id, LineState.INVALID, 0, LISTED_LINES).stream()
                                .map(
                                        line ->
                                                new Views.Refused(
                                                        line.ordinal(),
                                                        line.line(),
                                                        line.message()))
                                .toList(),
                        ledger.lines(run.id, LineState.DUPLICATE, 0, LISTED_LINES).stream()
                                .map(
                                        line ->
                                                new Views.Repeated(
                                                        line.ordinal(),
                                                        line.url(),
                                                        line.duplicateOf()))
                                .toList());
        Response.ResponseBuilder reply =
                Response.accepted(body).location(URI.create("/runs/" + run.id));
        return (taken.replayed() ? reply.header("Idempotency-Replayed", "true") : reply).build();
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

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Submit what failed or expired as a new run of the same name")
    @APIResponseSchema(
            value = Views.Accepted.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response retry(@PathParam("id") String id) throws Exception {
        Run run = runs.find(id);
        requireEnded(run, "retried");
        UUID retry =
                transactions
                        .run(connection -> RunCopy.retry(connection, run.id, clock.instant()))
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                409,
                                                "nothing-failed",
                                                "Nothing failed",
                                                "The run has no failed or expired line."));
        return accepted(new Intake.Taken(retry, false));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a run that is over, with its ledger and its report")
    public void delete(@PathParam("id") String id) {
        Run run = runs.find(id);
        requireEnded(run, "deleted");
        QuarkusTransaction.requiringNew().run(() -> Run.deleteById(run.id));
    }

    private static void requireEnded(Run run, String what) {
        if (!run.state.ended()) {
            throw new Problem(
                            409,
                            "run-goes-on",
                            "The run is not over",
                            "The run is "
                                    + run.state
                                    + "; it can be "
                                    + what
                                    + " when it is over, or cancelled before.")
                    .with("state", run.state.name());
        }
    }
}
