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

    /// A new key, not kept yet.
    static ApiKey of(String name, Role role, String key, Instant now) {
        ApiKey made = new ApiKey();
        made.id = RunId.at(now);
        made.name = StorableText.of(name);
        made.role = role;
        made.sha256 = ApiKeyCreation.sha256(key);
        made.createdAt = now;
        return made;
    }

    /// Keeps the key where it was never there, even if another gateway does so now.
    void keepOnce() {
        ApiKey.getEntityManager()
                .createNativeQuery(
                        """
                        INSERT INTO api_key (id, name, role, sha256, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
                        ON CONFLICT (sha256) DO NOTHING\
                        """)
                .setParameter(1, id)
                .setParameter(2, name)
                .setParameter(3, role.name())
                .setParameter(4, sha256)
                .setParameter(5, createdAt)
                .executeUpdate();
    }

    static boolean any() {
        return ApiKey.count() > 0;
    }
}
