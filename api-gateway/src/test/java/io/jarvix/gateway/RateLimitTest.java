package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final SetClock clock = new SetClock();
    private final RateLimit rate = new RateLimit(60, clock);

    @Test
    void whoAsksTooOftenIsToldWhenToComeBackAndIsServedThen() {
        for (int i = 0; i < 60; i++) {
            rate.take("one");
        }

        Problem refused = catchThrowableOfType(Problem.class, () -> rate.take("one"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.members()).isEqualTo(Map.of("limit", 60, "retryAfterSeconds", 1L));
        rate.take("another");
        clock.advance(Duration.ofSeconds(1));
        rate.take("one");
    }
}
