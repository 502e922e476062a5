package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.HostLimits.DelayRule;
import io.jarvix.contracts.HostLimits.Pause;
import io.jarvix.contracts.HostLimits.PauseCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostNotesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:00:00Z");
    private static final HostPace.Standing AT_EASE = new HostPace.Standing(4, 0, false);

    @Test
    void theLongestDelayCountsAndIsNamedByWhoAsksForIt() {
        assertThat(notes(0, 0, null)).isEqualTo(new HostLimits(0, null, 4, null));
        assertThat(notes(200, 10_000, 500))
                .isEqualTo(new HostLimits(10_000, DelayRule.ROBOTS, 4, null));
        assertThat(notes(200, 0, 500)).isEqualTo(new HostLimits(500, DelayRule.RUN, 4, null));
        assertThat(notes(200, 0, null)).isEqualTo(new HostLimits(200, DelayRule.OPERATOR, 4, null));
    }

    @Test
    void theRunMayAskForFewerRequestsAtOnceAndNotForMore() {
        assertThat(concurrency(2)).isEqualTo(2);
        assertThat(concurrency(9)).isEqualTo(4);
    }

    /// From the politeness itself: what a host that refuses, and one that is silent, leave behind.
    @Test
    void aPauseSaysHowLongItLastsAndWhy() {
        Politeness<String> politeness =
                new Politeness<>(new PolitenessLimits(100, 50, 4, 0, 1_000, 120_000, 100));
        end(politeness, "refusing.example", new Politeness.Ending.Refusing(60_000));
        end(politeness, "silent.example", new Politeness.Ending.Silent());

        assertThat(of(politeness.standing("refusing.example", 10_000)))
                .isEqualTo(
                        new HostLimits(
                                0, null, 2, new Pause(NOW.plusSeconds(55), PauseCause.REFUSING)));
        assertThat(of(politeness.standing("silent.example", 5_500)).pause())
                .isEqualTo(new Pause(NOW.plusMillis(500), PauseCause.SILENT));
        assertThat(of(politeness.standing("refusing.example", 65_000)).pause()).isNull();
        assertThat(of(politeness.standing("never-asked.example", 5_000)))
                .isEqualTo(new HostLimits(0, null, 4, null));
    }

    private static void end(Politeness<String> politeness, String host, Politeness.Ending ending) {
        politeness.ask(host, PolitenessLimits.Wish.NONE, "request", false);
        Politeness.Turn<String> turn = Objects.requireNonNull(politeness.next(5_000));
        politeness.sent(turn, 5_000);
        politeness.end(turn, ending, 5_000);
    }

    private static HostLimits of(HostPace.Standing standing) {
        return HostNotes.of(Duration.ZERO, Duration.ZERO, FetchOptions.NONE, standing, NOW);
    }

    private static int concurrency(int asked) {
        return HostNotes.of(
                        Duration.ZERO,
                        Duration.ZERO,
                        new FetchOptions(List.of(), List.of(), asked, null),
                        AT_EASE,
                        NOW)
                .concurrency();
    }

    private static HostLimits notes(long operator, long robots, @Nullable Integer run) {
        return HostNotes.of(
                Duration.ofMillis(operator),
                Duration.ofMillis(robots),
                new FetchOptions(List.of(), List.of(), null, run),
                AT_EASE,
                NOW);
    }
}
