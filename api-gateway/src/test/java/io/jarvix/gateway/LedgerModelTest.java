package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The rules themselves: whatever happens, each line comes to one end, keeps it, and the sum holds.
class LedgerModelTest {

    private static final int RENEWALS = 3;
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final SetClock clock = new SetClock();
    private final List<Integer> published = new ArrayList<>();

    @Property(tries = 2_000)
    void everyLineComesToOneEndAndStaysThere(
            @ForAll("events") List<LedgerEvent> events,
            @ForAll @IntRange(min = 1, max = 12) int size) {
        published.clear();
        Map<Integer, LineState> lines = new TreeMap<>();
        for (int ordinal = 1; ordinal <= size; ordinal++) {
            lines.put(ordinal, ordinal % 5 == 0 ? LineState.INVALID : LineState.PENDING);
        }
        LedgerModel model = new LedgerModel(lines, RENEWALS);
        Map<Integer, LineState> ends = new TreeMap<>();

        for (LedgerEvent event : events) {
            apply(model, event);
            assertThat(model.counts().values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(size);
            model.states()
                    .forEach(
                            (ordinal, state) -> {
                                LineState end = ends.get(ordinal);
                                assertThat(end == null || end == state).isTrue();
                                if (!state.open()) {
                                    ends.put(ordinal, state);
                                }
                            });
        }
        for (int lease = 0; lease <= RENEWALS; lease++) {
            apply(model, new LedgerEvent.Dispatch());
            apply(model, new LedgerEvent.Dispatch());
            apply(model, new LedgerEvent.Dispatch());
            apply(model, new LedgerEvent.Dispatch());
            apply(model, new LedgerEvent.Pass(60));
        }

        assertThat(model.open()).isZero();
    }

    @Provide
    Arbitrary<List<LedgerEvent>> events() {
        return LedgerEvent.sequences(40);
    }

    private void apply(LedgerModel model, LedgerEvent event) {
        Instant now = clock.instant();
        switch (event) {
            case LedgerEvent.Dispatch _ ->
                    model.in(LineState.PENDING).stream()
                            .limit(3)
                            .forEach(
                                    ordinal -> {
                                        published.add(ordinal);
                                        model.dispatched(ordinal, now.plus(LEASE));
                                    });
            case LedgerEvent.DispatchAndCrash _ ->
                    model.in(LineState.PENDING).stream().limit(3).forEach(published::add);
            case LedgerEvent.Deliver deliver -> {
                for (int message : deliver.messages()) {
                    if (!published.isEmpty()) {
                        model.result(published.get(message % published.size()), LineState.SCORED);
                    }
                }
            }
            case LedgerEvent.DeliverAndCrash _, LedgerEvent.Restart _ -> {}
            case LedgerEvent.Pass pass -> {
                clock.advance(Duration.ofSeconds(pass.seconds()));
                model.expireLeases(clock.instant());
            }
            case LedgerEvent.Cancel _ -> model.end(LineState.CANCELLED);
            case LedgerEvent.Deadline _ -> model.end(LineState.EXPIRED);
        }
    }
}
