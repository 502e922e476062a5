package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.HostLimits.DelayRule;
import io.jarvix.contracts.HostLimits.Pause;
import io.jarvix.contracts.HostLimits.PauseCause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostWaitTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:00:00.250Z");

    @Test
    void theDelayIsNamedWithWhoAsksForIt() {
        assertThat(words(limits(10_000, DelayRule.ROBOTS, null)))
                .isEqualTo("42 URLs wait for shop.example: crawl-delay 10 s");
        assertThat(words(limits(500, DelayRule.RUN, null)))
                .isEqualTo(
                        "42 URLs wait for shop.example: the run asks for 0.5 s between two"
                                + " requests");
        assertThat(words(limits(2_000, DelayRule.OPERATOR, null)))
                .isEqualTo("42 URLs wait for shop.example: 2 s between two requests");
    }

    @Test
    void aPauseIsNamedWhileItLastsAndTheDelayAfterwards() {
        Instant until = NOW.plusSeconds(60);
        HostLimits refusing =
                limits(10_000, DelayRule.ROBOTS, new Pause(until, PauseCause.REFUSING));

        assertThat(words(refusing))
                .isEqualTo(
                        "42 URLs wait for shop.example: it asked to be left alone (429 or 503)"
                                + " until 2026-11-23T18:01:00Z");
        assertThat(wait(refusing).inWords(until))
                .isEqualTo("42 URLs wait for shop.example: crawl-delay 10 s");
        assertThat(words(limits(0, null, new Pause(until, PauseCause.SILENT))))
                .isEqualTo(
                        "42 URLs wait for shop.example: it does not answer and is left alone until"
                                + " 2026-11-23T18:01:00Z");
    }

    @Test
    void withoutADelayItIsTheTurnThatIsWaitedFor() {
        assertThat(words(limits(0, null, null)))
                .isEqualTo(
                        "42 URLs wait for shop.example: 4 requests at once; 16 with the collectors,"
                                + " 26 before their turn");
        assertThat(words(null))
                .isEqualTo(
                        "42 URLs wait for shop.example: 16 with the collectors, 26 before their"
                                + " turn");
        assertThat(new HostWait("shop.example", 0, 1, null).inWords(NOW))
                .isEqualTo(
                        "1 URL waits for shop.example: 1 with the collectors, 0 before their turn");
    }

    @Test
    void theDelayBoundsTheTimeThatIsLeft() {
        assertThat(wait(limits(10_000, DelayRule.ROBOTS, null)).least())
                .isEqualTo(Duration.ofSeconds(420));
        assertThat(wait(null).least()).isZero();
    }

    private static String words(@Nullable HostLimits told) {
        return wait(told).inWords(NOW);
    }

    private static HostWait wait(@Nullable HostLimits told) {
        return new HostWait("shop.example", 26, 16, told);
    }

    private static HostLimits limits(long delay, @Nullable DelayRule rule, @Nullable Pause pause) {
        return new HostLimits(delay, rule, 4, pause);
    }
}
