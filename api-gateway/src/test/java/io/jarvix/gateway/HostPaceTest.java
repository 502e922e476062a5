package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostPaceTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final HostPace pace = new HostPace(16, 400, Duration.ofSeconds(4));

    @Test
    void aHostThatIsNotKnownHasTheFirstWindow() {
        assertThat(pace.window("a.example", NOW)).isEqualTo(16);
    }

    @Test
    void aFastHostMayHaveAsMuchAsItLatelyFinishedUpToAll() {
        pace.finished("a.example", 100, NOW);
        pace.finished("a.example", 50, NOW.plusSeconds(1));
        pace.finished("b.example", 5_000, NOW);

        assertThat(pace.window("a.example", NOW.plusSeconds(1))).isEqualTo(150);
        assertThat(pace.window("b.example", NOW.plusSeconds(1))).isEqualTo(400);
    }

    @Test
    void whatIsLongerAgoThanTheHorizonDoesNotCount() {
        pace.finished("a.example", 100, NOW);
        pace.finished("a.example", 50, NOW.plusSeconds(3));

        assertThat(pace.window("a.example", NOW.plusMillis(4_100))).isEqualTo(50);
        assertThat(pace.window("a.example", NOW.plusSeconds(60))).isEqualTo(16);
    }
}
