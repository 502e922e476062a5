package io.jarvix.pdf;

import io.jarvix.contracts.ReportResult;
import io.jarvix.pdf.ReportRenderer.RenderedReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What an operator sees of the service, as `jarvix_pdf_...`.
@Startup
@ApplicationScoped
class PdfMetrics {

    private final Timer renders;
    private final DistributionSummary pages;
    private final DistributionSummary bytes;
    private final Counter failedAttempts;
    private final Counter rendered;
    private final Counter notRendered;
    private final Counter deadLetters;
    private final Counter repeatedSends;

    PdfMetrics(MeterRegistry registry, ReportRenderer renderer) {
        renders =
                Timer.builder("jarvix.pdf.render")
                        .description("Duration of a successful render")
                        .serviceLevelObjectives(
                                Duration.ofMillis(50),
                                Duration.ofMillis(200),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(5))
                        .register(registry);
        pages =
                DistributionSummary.builder("jarvix.pdf.report.pages")
                        .description("Pages of a report")
                        .register(registry);
        bytes =
                DistributionSummary.builder("jarvix.pdf.report.size")
                        .description("Size of a report")
                        .baseUnit("bytes")
                        .register(registry);
        failedAttempts =
                Counter.builder("jarvix.pdf.attempts.failed")
                        .description("Attempts to render that failed")
                        .register(registry);
        rendered = results(registry, "RENDERED");
        notRendered = results(registry, "NOT_RENDERED");
        deadLetters =
                Counter.builder("jarvix.pdf.dead.letters")
                        .description("Messages that were no report request")
                        .register(registry);
        repeatedSends =
                Counter.builder("jarvix.pdf.sends.repeated")
                        .description("Sends that the broker did not take and that were repeated")
                        .register(registry);
        Gauge.builder("jarvix.pdf.renders.free", renderer, ReportRenderer::freePresses)
                .description("Reports that could be rendered at once on top of those in work")
                .register(registry);
    }

    private static Counter results(MeterRegistry registry, String result) {
        return Counter.builder("jarvix.pdf.results")
                .description("Requests from the topic that were answered")
                .tag("result", result)
                .register(registry);
    }

    void rendered(RenderedReport report, long nanos) {
        renders.record(nanos, TimeUnit.NANOSECONDS);
        pages.record(report.pages());
        bytes.record(report.pdf().length);
    }

    void failed() {
        failedAttempts.increment();
    }

    void answered(ReportResult result) {
        switch (result) {
            case ReportResult.Rendered ignored -> rendered.increment();
            case ReportResult.NotRendered ignored -> notRendered.increment();
        }
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void repeatedSend() {
        repeatedSends.increment();
    }
}
