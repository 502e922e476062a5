package io.jarvix.gateway;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Calls of this process to itself: where all services run in one process, the gateway's access rules guard the others'
/// paths too, and its own calls pass by a secret that never leaves the process's memory but to itself.
final class InternalCalls {

    static final String HEADER = "X-Jarvix-Internal";

    private static final String SECRET = random();

    private InternalCalls() {}

    /// The value of the header; called by the REST client by name.
    static String secret() {
        return SECRET;
    }

    static boolean isOurs(@Nullable String header) {
        return SECRET.equals(header);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
