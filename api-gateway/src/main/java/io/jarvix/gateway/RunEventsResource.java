package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A run's progress as server-sent events. Each event is the whole state at that moment and its id
/// names that state, so a client that comes back with `Last-Event-ID` misses nothing: it gets the
/// state at once if it is another one. A client that comes back after the last event gets a 204,
/// which tells it to come no more (HTML, section 9.2.3).
@Path("/runs/{id}/events")
@Tag(name = "Runs")
class RunEventsResource {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LOOKS_PER_COMMENT = 30;

    private final VisibleRuns runs;
    private final LedgerReader ledger;
    private final Clock clock = Clock.systemUTC();

    RunEventsResource(VisibleRuns runs, LedgerReader ledger) {
        this.runs = runs;
        this.ledger = ledger;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Progress as server-sent events; the last one is named `end`")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") @Nullable String last,
            @Context Sse sse) {
        Run now = runs.find(id);
        if (now.state.ended() && name(now).equals(last)) {
            throw new WebApplicationException(Response.noContent().build());
        }
        UUID run = now.id;
        return Multi.createFrom()
                .emitter(
                        emitter ->
                                Thread.ofVirtual()
                                        .name("gateway-events")
                                        .start(() -> watch(run, last, sse, emitter)));
    }

    private void watch(
            UUID id,
            @Nullable String last,
            Sse sse,
            MultiEmitter<? super OutboundSseEvent> emitter) {
        String seen = last;
        try {
            for (int look = 1; !emitter.isCancelled(); look++) {
                Run run = QuarkusTransaction.requiringNew().call(() -> Run.find(id));
                String now = name(run);
                if (!now.equals(seen)) {
                    seen = now;
                    emitter.emit(event(run, now, sse));
                } else if (look % LOOKS_PER_COMMENT == 0) {
                    emitter.emit(sse.newEventBuilder().comment("still " + run.state).build());
                }
                if (run.state.ended()) {
                    emitter.complete();
                    return;
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (Exception e) {
            emitter.fail(e);
        }
    }

    private OutboundSseEvent event(Run run, String name, Sse sse) throws Exception {
        List<HostWait> waiting =
                run.pending + run.dispatched == 0 ? List.of() : ledger.waiting(run.id, 5);
        return sse.newEventBuilder()
                .id(name)
                .name(run.state.ended() ? "end" : "progress")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(Views.RunView.class, Views.RunView.of(run, waiting, clock.instant()))
                .build();
    }

    /// Two moments of a run with the same name show the same counts.
    private static String name(Run run) {
        int done = run.submitted - run.pending - run.dispatched;
        return run.state + "-" + done + "-" + run.dispatched;
    }
}
