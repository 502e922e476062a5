package io.jarvix.collector;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/// The header Retry-After (RFC 9110, section 10.2.3): seconds, or a date.
final class RetryAfter {

    private RetryAfter() {}

    /// Milliseconds to wait; -1 where the header says nothing that can be read.
    static long millis(String header, Instant now) {
        String value = header.strip();
        if (value.isEmpty()) {
            return -1;
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(value) * 1000;
        }
        try {
            Instant at =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Math.max(0, Duration.between(now, at).toMillis());
        } catch (DateTimeParseException e) {
            return -1;
        }
    }
}
