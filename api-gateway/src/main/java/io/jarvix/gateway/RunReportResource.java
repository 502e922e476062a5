package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.RunEnd;
import io.jarvix.contracts.Wire;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A run's printed report: the one that was kept, or one that is rendered now.
@Path("/runs/{id}/report.pdf")
@RunOnVirtualThread
@Tag(name = "Reports")
class RunReportResource {

    private static final Logger LOG = Logger.getLogger(RunReportResource.class);
    private static final Set<String> LANGUAGES = Set.of("en", "es");

    private final VisibleRuns runs;
    private final ReportFigures figures;
    private final AgroalDataSource source;
    private final PdfClient pdf;
    private final Clock clock = Clock.systemUTC();

    RunReportResource(
            VisibleRuns runs,
            ReportFigures figures,
            AgroalDataSource source,
            @RestClient PdfClient pdf) {
        this.runs = runs;
        this.figures = figures;
        this.source = source;
        this.pdf = pdf;
    }

    @GET
    @Produces({"application/pdf", Problem.MEDIA_TYPE})
    @Operation(
            summary = "The report as PDF",
            description =
                    "409 with Retry-After before it is ready. interim=true renders what there is now; lang renders it"
                            + " in another language (en, es).")
    public Response report(
            @PathParam("id") String id,
            @QueryParam("interim") @DefaultValue("false") boolean interim,
            @QueryParam("lang") @Nullable String language,
            @HeaderParam("Range") @Nullable String range,
            @Context Request request)
            throws SQLException {
        Run run = runs.find(id);
        if (language != null && !LANGUAGES.contains(language)) {
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
                    report.pdf, report.sha256, "jarvix-" + run.id + ".pdf", request, range);
        }
        if (interim || (run.state.ended() && otherLanguage)) {
            byte[] rendered = render(run, language);
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
        Long eta = Views.RunView.of(run, java.util.List.of(), clock.instant()).etaSeconds();
        return new Problem(
                        409,
                        "report-not-ready",
                        "The report is not ready",
                        "The run is "
                                + run.state
                                + "; its report is printed when its last URL has ended. ?interim=true prints what"
                                + " there is.")
                .with("state", run.state.name())
                .retryAfter(Views.roughly(eta).toSeconds());
    }

    private byte[] render(Run run, @Nullable String language) throws SQLException {
        RunEnd end = run.state.end();
        ReportRequest request;
        Instant now = clock.instant();
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                request = figures.of(connection, run.id, RunId.at(now), end, language, now);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        try {
            return pdf.render(Wire.write(request));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "A report could not be rendered now: runId=%s, error=%s", run.id, e.toString());
            throw new Problem(
                            503,
                            "renderer-away",
                            "The report cannot be rendered now",
                            "pdf-service did not answer as it should: try again.")
                    .retryAfter(5);
        }
    }
}
