package io.jarvix.gateway;

import io.quarkus.logging.Log;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// New runs: from a list of seeds, or of what failed in an earlier run.
@Path("/runs")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
class SubmissionResource {

    private static final int LISTED_LINES = 100;
    private static final String KEY = "Idempotency-Key";

    /// A header and no query parameter: those are logged by what stands between.
    private static final String WEBHOOK_SECRET = "Webhook-Secret";

    private final Intake intake;
    private final LedgerReader ledger;
    private final Transactions transactions;
    private final Loops loops;
    private final Caller caller;
    private final VisibleRuns runs;
    private final Clock clock = Clock.systemUTC();

    SubmissionResource(
            Intake intake,
            LedgerReader ledger,
            Transactions transactions,
            Loops loops,
            Caller caller,
            VisibleRuns runs) {
        this.intake = intake;
        this.ledger = ledger;
        this.transactions = transactions;
        this.loops = loops;
        this.caller = caller;
        this.runs = runs;
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
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON))
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
    @RequestBody(content = @Content(mediaType = MediaType.TEXT_PLAIN))
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
        if (!taken.replayed()) {
            Log.infof("run accepted: runId=%s, lines=%d", run.id, run.submitted);
        }
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

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Submit what failed or expired as a new run of the same name")
    @APIResponseSchema(
            value = Views.Accepted.class,
            responseCode = "202",
            responseDescription = "Accepted")
    public Response retry(@PathParam("id") String id) throws Exception {
        Run run = runs.find(id);
        run.requireEnded("retried");
        UUID retry =
                transactions
                        .run(
                                connection -> {
                                    Optional<UUID> copy =
                                            RunCopy.retry(connection, run.id, clock.instant());
                                    intake.checkOpenRuns(connection, run.owner);
                                    return copy;
                                })
                        .orElseThrow(
                                () ->
                                        new Problem(
                                                409,
                                                "nothing-failed",
                                                "Nothing failed",
                                                "The run has no failed or expired line."));
        return accepted(new Intake.Taken(retry, false));
    }
}
