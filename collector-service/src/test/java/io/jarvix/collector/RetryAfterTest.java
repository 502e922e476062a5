package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2025-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "120, 120000",
        "' 7 ', 7000",
        "'Mon, 24 Nov 2025 12:00:30 GMT', 30000",
        "'Mon, 24 Nov 2025 11:00:00 GMT', 0",
        "99999999999999999999, 2147483647",
        "'', -1",
        "soon, -1",
        "-5, -1",
        "1.5, -1",
        "'Mon, 99 Nov 2025 12:00:30 GMT', -1",
    })
    void isSecondsOrADateOrNothing(String header, long millis) {
        assertThat(RetryAfter.millis(header, NOW)).isEqualTo(millis);
    }
}
