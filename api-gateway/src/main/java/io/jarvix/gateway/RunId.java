package io.jarvix.gateway;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Ids of runs: UUIDv7 (RFC 9562, section 5.7), so that a later run has a greater id.
final class RunId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RunId() {}

    static UUID at(Instant now) {
        long high = now.toEpochMilli() << 16 | 0x7000L | RANDOM.nextInt(0x1000);
        long low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.runNotFound(text);
        }
    }
}
