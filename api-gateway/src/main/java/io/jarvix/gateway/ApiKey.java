package io.jarvix.gateway;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key that a caller shows, by its hash.
@Entity
@Table(name = "api_key")
@SuppressWarnings("NullAway.Init")
class ApiKey extends PanacheEntityBase {

    /// Each role may do what the ones before it may.
    enum Role {
        READ,
        SUBMIT,
        ADMIN;

        boolean covers(Role needed) {
            return compareTo(needed) >= 0;
        }
    }

    @Id UUID id;

    String name;

    @Enumerated(EnumType.STRING)
    Role role;

    String sha256;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "revoked_at")
    @Nullable Instant revokedAt;

    static @Nullable ApiKey of(String key) {
        return ApiKey.<ApiKey>find("sha256 = ?1 and revokedAt is null", ApiKeyCreation.sha256(key))
                .firstResult();
    }

    static boolean any() {
        return ApiKey.count() > 0;
    }
}
