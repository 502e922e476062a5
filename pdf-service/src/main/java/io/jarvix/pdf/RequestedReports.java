package io.jarvix.pdf;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportResult;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Consumes report requests. A request is acknowledged when its report, or the reason why there
/// is none, is in the broker; a message that is no request goes to the dead letters.
@ApplicationScoped
class RequestedReports {

    static final String CHANNEL = "pdf-requests-in";

    private final ReportAttempts attempts;
    private final ReportsOut out;

    RequestedReports(ReportAttempts attempts, ReportsOut out) {
        this.attempts = attempts;
        this.out = out;
    }

    @Incoming(CHANNEL)
    @Blocking(value = "pdf-renders", ordered = false)
    void render(ConsumerRecord<String, byte[]> message) throws InterruptedException {
        ReportRequest request;
        try {
            request = Wire.read(message.value(), ReportRequest.class);
        } catch (UnreadableMessageException e) {
            out.deadLetter(message, e);
            return;
        }
        ReportAttempts.Outcome outcome = attempts.render(request);
        ReportResult result = outcome.result();
        out.report(result, outcome.pdf());
    }
}
