package io.jarvix.pdf;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.jarvix.pdf.ReportRenderer.RenderedReport;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Renders a posted request on the spot: what the gateway's interim report uses.
@Path("/reports")
@Tag(name = "Reports")
class ReportResource {

    static final String PDF = "application/pdf";

    private final ReportRenderer renderer;
    private final PdfConfig config;
    private final PdfMetrics metrics;

    ReportResource(ReportRenderer renderer, PdfConfig config, PdfMetrics metrics) {
        this.renderer = renderer;
        this.config = config;
        this.metrics = metrics;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({PDF, PdfProblem.MEDIA_TYPE})
    @Operation(
            summary = "Render a report",
            description = "Renders the posted data to a tagged PDF/A-2a and PDF/UA-1 document.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReportRequest.class)))
    public Response render(
            byte[] body,
            @Parameter(description = "Language of the report, such as es; else that of the request")
                    @QueryParam("lang")
                    @Nullable String language,
            @Parameter(
                            description =
                                    "full, or one-page: header, four figures and the first ten rows",
                            schema =
                                    @Schema(
                                            enumeration = {"full", "one-page"},
                                            defaultValue = "full"))
                    @QueryParam("form")
                    @DefaultValue("full")
                    String form)
            throws InterruptedException {
        Optional<ReportForm> asked = ReportForm.named(form);
        if (asked.isEmpty()) {
            return PdfProblem.response(
                    400, "unknown-form", "A report is full or one-page, not: " + form);
        }
        if (body.length > Topics.MAX_MESSAGE_BYTES) {
            return PdfProblem.response(
                    413,
                    "request-too-large",
                    "A report request may have %d bytes: %d"
                            .formatted(Topics.MAX_MESSAGE_BYTES, body.length));
        }
        ReportRequest request;
        try {
            request = Wire.read(body, ReportRequest.class);
        } catch (UnreadableMessageException e) {
            return PdfProblem.response(
                    400,
                    "unreadable-request",
                    "The body is not a report request: " + e.getMessage());
        }
        try {
            long start = System.nanoTime();
            Optional<RenderedReport> report =
                    renderer.render(request, asked.get(), language, config.turn());
            if (report.isEmpty()) {
                return PdfProblem.busy(config.turn());
            }
            metrics.rendered(report.get(), System.nanoTime() - start);
            return Response.ok(report.get().pdf(), PDF).build();
        } catch (ReportFailedException e) {
            metrics.failed();
            return PdfProblem.response(500, "report-failed", e.reason());
        }
    }
}
