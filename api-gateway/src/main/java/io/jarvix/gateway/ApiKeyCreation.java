package io.jarvix.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/// Makes API keys, for the command line: whoever has the database has the right.
public final class ApiKeyCreation {

    private static final int BYTES = 32;
    private static final String PREFIX = "jvx_";

    private ApiKeyCreation() {}

    /// Makes a key and keeps its hash. The gateway need not run, and the database may be empty yet.
    ///
    /// @param role `read`, `submit` or `admin`
    /// @return the key, which can be seen this once only
    /// @throws IllegalArgumentException where there is no such role
    public static String create(
            String jdbcUrl, String user, String password, String name, String role)
            throws SQLException {
        ApiKey.Role known = role(role);
        Flyway.configure().dataSource(jdbcUrl, user, password).load().migrate();
        String key = random();
        Instant now = Instant.now();
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                PreparedStatement statement =
                        connection.prepareStatement(
                                "INSERT INTO api_key (id, name, role, sha256, created_at) VALUES"
                                        + " (?, ?, ?, ?, ?)")) {
            UUID id = RunId.at(now);
            statement.setObject(1, id);
            statement.setString(2, StorableText.of(name));
            statement.setString(3, known.name());
            statement.setString(4, sha256(key));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.executeUpdate();
        }
        return key;
    }

    static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static ApiKey.Role role(String role) {
        try {
            return ApiKey.Role.valueOf(role.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A key's role is read, submit or admin, not " + role + ".", e);
        }
    }
}
