package io.jarvix.gateway;

import io.jarvix.contracts.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The one event that a webhook is told.
///
/// @param id the same in each attempt, as in the header `webhook-id`
/// @param timestamp when the run ended
record RunEnded(String type, UUID id, Instant timestamp, Data data) {

    private static final String TYPE = "run.ended";

    /// What happened.
    ///
    /// @param counts lines in each state; they add up to `submitted`
    /// @param report where the PDF is; absent where none could be printed
    record Data(
            UUID runId,
            String name,
            RunState state,
            int submitted,
            Map<LineState, Integer> counts,
            String run,
            @Nullable String report,
            @Nullable String reportError) {}

    /// Puts the event into the outbox where the run has a webhook. Part of the transaction that
    /// ends the run.
    ///
    /// @param run as it is when it has ended
    /// @param publicUrl what the links begin with; may be empty
    static void tell(Run run, Report report, String publicUrl, Instant now) {
        Webhook webhook = Webhook.of(run.id);
        if (webhook == null) {
            return;
        }
        webhook.eventId = RunId.at(now);
        webhook.state = Webhook.State.SENDING;
        String link = publicUrl + "/runs/" + run.id;
        RunEnded event =
                new RunEnded(
                        TYPE,
                        webhook.eventId,
                        now,
                        new Data(
                                run.id,
                                run.name,
                                run.state,
                                run.submitted,
                                run.counts(),
                                link,
                                report.pdf == null ? null : link + "/report.pdf",
                                report.error));
        OutboxMessage.put(OutboxMessage.Kind.WEBHOOK, run.id, Wire.write(event), now);
    }
}
