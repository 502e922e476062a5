package io.jarvix.gateway;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A run's printed report: the one that was kept, or one that is rendered now.
@Path("/runs/{id}/report.pdf")
@RunOnVirtualThread
@Tag(name = "Reports")
class RunReportResource {

    private final VisibleRuns runs;
    private final ReportNow now;
    private final Clock clock = Clock.systemUTC();

    RunReportResource(VisibleRuns runs, ReportNow now) {
        this.runs = runs;
        this.now = now;
    }

    @GET
    @Produces({"application/pdf", Problem.MEDIA_TYPE})
    @Operation(
            summary = "The report as PDF",
            description =
                    "409 with Retry-After before it is ready. interim=true renders what there is"
                            + " now; lang renders it in another language (en, es).")
    @APIResponse(
            responseCode = "200",
            description = "The PDF",
            content =
                    @Content(
                            mediaType = "application/pdf",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response report(
            @PathParam("id") String id,
            @QueryParam("interim") @DefaultValue("false") boolean interim,
            @QueryParam("lang") @Nullable String language,
            @Context HttpHeaders headers,
            @Context Request request)
            throws Exception {
        Run run = runs.find(id);
        if (language != null && !RunOptions.isLanguage(language)) {
            throw Problem.invalidField("lang", "must be en or es");
        }
        Report report = Report.of(run.id);
        boolean otherLanguage = language != null && !language.equals(run.language);
        if (run.state.ended()
                && report != null
                && report.pdf != null
                && report.sha256 != null
                && !otherLanguage) {
            return PdfReply.of(
                    report.pdf, report.sha256, "jarvix-" + run.id + ".pdf", request, headers);
        }
        if (interim || (run.state.ended() && otherLanguage)) {
            byte[] rendered = now.render(run, language);
            return Response.ok(rendered)
                    .type("application/pdf")
                    .header("Cache-Control", "no-store")
                    .header(
                            "Content-Disposition",
                            "inline; filename=\"jarvix-" + run.id + "-now.pdf\"")
                    .build();
        }
        if (!run.state.ended()) {
            throw notReady(run);
        }
        throw new Problem(
                410,
                "report-failed",
                "The report could not be printed",
                report == null ? "There is none." : String.valueOf(report.error));
    }

    private Problem notReady(Run run) {
        Long eta = Views.RunView.of(run, List.of(), clock.instant()).etaSeconds();
        return new Problem(
                        409,
                        "report-not-ready",
                        "The report is not ready",
                        "The run is "
                                + run.state
                                + "; its report is printed when its last URL has ended."
                                + " ?interim=true prints what there is.")
                .with("state", run.state.name())
                .retryAfter(Views.roughly(eta).toSeconds());
    }
}
