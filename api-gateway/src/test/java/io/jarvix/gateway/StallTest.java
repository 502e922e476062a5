package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StallTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Stall stall = new Stall();

    @Test
    void withoutAnOpenRunNothingStalls() {
        assertThat(at(0, Map.of())).isZero();
    }

    @Test
    void aRunThatDoesNotMoveStallsFromItsLastMoveOn() {
        at(0, Map.of(ONE, 5L));
        at(10, Map.of(ONE, 6L));

        assertThat(at(70, Map.of(ONE, 6L))).isEqualTo(Duration.ofSeconds(60));
        assertThat(at(80, Map.of(ONE, 7L))).isZero();
    }

    @Test
    void theRunThatStallsLongestCounts() {
        at(0, Map.of(ONE, 5L));
        at(30, Map.of(ONE, 5L, TWO, 0L));

        assertThat(at(60, Map.of(ONE, 5L, TWO, 9L))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aRunThatEndsIsForgotten() {
        at(0, Map.of(ONE, 5L, TWO, 0L));

        assertThat(at(60, Map.of(TWO, 1L))).isZero();
    }

    private Duration at(int second, Map<UUID, Long> ended) {
        return stall.observe(ended, START.plusSeconds(second));
    }
}
