package io.jarvix.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Calls of this process to the other services: where all run in one process, the gateway's access
/// rules guard their paths too, and its own calls pass by a secret. Where they run apart the secret
/// is sent to pdf-service, so it opens no path of the gateway.
final class InternalCalls {

    static final String HEADER = "X-Jarvix-Internal";

    private static final String SECRET = random();

    private InternalCalls() {}

    /// The value of the header; called by the REST client by name.
    static String secret() {
        return SECRET;
    }

    static boolean isOurs(@Nullable String header) {
        return header != null
                && MessageDigest.isEqual(SECRET.getBytes(UTF_8), header.getBytes(UTF_8));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
