package io.jarvix.gateway;

import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.quarkus.logging.Log;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Reports on their way into the database; each ends its run. Acknowledged once committed.
@Singleton
final class ReportIntake {

    private final KafkaOut kafka;
    private final Persistence persistence;
    private final String publicUrl;
    private final Clock clock = Clock.systemUTC();

    ReportIntake(KafkaOut kafka, Persistence persistence, GatewayConfig config) {
        this.kafka = kafka;
        this.persistence = persistence;
        this.publicUrl = config.publicUrl().orElse("");
    }

    @Incoming("gateway-reports-in")
    @Blocking
    void take(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> message : batch) {
            try {
                Header header = message.headers().lastHeader(Topics.REPORT_RESULT_HEADER);
                Report report =
                        report(
                                Wire.read(
                                        header == null ? null : header.value(), ReportResult.class),
                                message.value());
                untilDone(() -> end(report));
            } catch (UnreadableMessageException e) {
                untilDone(() -> kafka.deadLetter(message, e));
            }
        }
    }

    private Report report(ReportResult result, byte[] pdf) throws UnreadableMessageException {
        Report report = new Report();
        report.runId = result.runId();
        report.requestId = result.requestId();
        report.createdAt = clock.instant();
        switch (result) {
            case ReportResult.Rendered rendered -> {
                if (pdf == null || pdf.length != rendered.length()) {
                    throw new UnreadableMessageException("the PDF is not of the stated length");
                }
                report.pdf = pdf;
                report.pages = rendered.pages();
                report.sha256 = rendered.sha256();
            }
            case ReportResult.NotRendered not -> report.error = StorableText.of(not.reason());
        }
        return report;
    }

    private void end(Report report) {
        if (QuarkusTransaction.requiringNew().call(() -> stored(report))) {
            Log.infof(
                    "run ended: runId=%s, pages=%d, error=%s",
                    report.runId, report.pages, report.error);
        }
    }

    /// Whether this report ended its run: a report that comes twice does so once.
    private boolean stored(Report report) {
        Instant now = report.createdAt;
        boolean ends = Run.endReported(report.runId, report.requestId, now);
        if (ends) {
            Report.replace(report);
            RunEnded.tell(Run.find(report.runId), report, publicUrl, now);
        }
        return ends;
    }

    private void untilDone(Persistence.Work work) {
        try {
            persistence.untilDone("report", work);
        } catch (Persistence.UnstorableException e) {
            throw new IllegalStateException("a report's fields are always storable", e);
        }
    }
}
