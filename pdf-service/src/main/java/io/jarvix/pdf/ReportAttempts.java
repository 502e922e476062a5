package io.jarvix.pdf;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.Topics;
import io.jarvix.pdf.ReportRenderer.RenderedReport;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Renders a request, a bounded number of times where it fails, and says what became of it. Never
/// fails itself: a request that cannot be rendered has a result with the reason.
@ApplicationScoped
class ReportAttempts {

    /// Room for the key, the headers and the batch around a report in its message.
    private static final int ENVELOPE_BYTES = 16 * 1024;

    static final int LARGEST_REPORT = Topics.MAX_MESSAGE_BYTES - ENVELOPE_BYTES;

    private final ReportRenderer renderer;
    private final PdfConfig config;
    private final PdfMetrics metrics;

    ReportAttempts(ReportRenderer renderer, PdfConfig config, PdfMetrics metrics) {
        this.renderer = renderer;
        this.config = config;
        this.metrics = metrics;
    }

    /// @param pdf where the result is [ReportResult.Rendered]
    record Outcome(ReportResult result, byte @Nullable [] pdf) {}

    Outcome render(ReportRequest request) throws InterruptedException {
        Duration pause = config.retryDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                return outcome(request);
            } catch (ReportFailedException e) {
                metrics.failed();
                if (attempt >= config.attempts()) {
                    Log.errorf(
                            e, "report given up, runId=%s attempts=%d", request.runId(), attempt);
                    return new Outcome(
                            new ReportResult.NotRendered(
                                    request.runId(), request.requestId(), e.reason()),
                            null);
                }
                Log.warnf(
                        "report failed, runId=%s attempt=%d error=%s",
                        request.runId(), attempt, e.reason());
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                pause = longer(pause);
            }
        }
    }

    Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(config.retryDelayLimit()) > 0 ? config.retryDelayLimit() : twice;
    }

    private Outcome outcome(ReportRequest request)
            throws ReportFailedException, InterruptedException {
        long start = System.nanoTime();
        RenderedReport report = renderer.render(request);
        long nanos = System.nanoTime() - start;
        metrics.rendered(report, nanos);
        byte[] pdf = report.pdf();
        Log.infof(
                "report rendered, runId=%s pages=%d bytes=%d",
                request.runId(), report.pages(), pdf.length);
        if (pdf.length > LARGEST_REPORT) {
            String reason =
                    "The report is too large to be delivered: %d bytes of at most %d."
                            .formatted(pdf.length, LARGEST_REPORT);
            return new Outcome(
                    new ReportResult.NotRendered(request.runId(), request.requestId(), reason),
                    null);
        }
        return new Outcome(
                new ReportResult.Rendered(
                        request.runId(),
                        request.requestId(),
                        report.pages(),
                        sha256(pdf),
                        pdf.length,
                        TimeUnit.NANOSECONDS.toMillis(nanos)),
                pdf);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
