package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WebhookPausesTest {

    @Property
    void pausesDoubleAndAddUpToTheWindow(
            @ForAll @IntRange(min = 2, max = 30) int attempts,
            @ForAll @IntRange(min = 1, max = 1_000_000) int seconds) {
        WebhookPauses pauses = new WebhookPauses(attempts, Duration.ofSeconds(seconds));

        long[] millis =
                LongStream.range(1, attempts).map(i -> pauses.after((int) i).toMillis()).toArray();

        assertThat(LongStream.of(millis).sum())
                .isCloseTo(seconds * 1_000L, within((long) attempts));
        for (int i = 1; i < millis.length; i++) {
            assertThat(millis[i]).isCloseTo(2 * millis[i - 1], within(2L));
        }
        assertThat(pauses.isLast(attempts - 1)).isFalse();
        assertThat(pauses.isLast(attempts)).isTrue();
    }
}
