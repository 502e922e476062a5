package io.jarvix.gateway;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who calls. Without any key in the system, whoever reaches the loopback address is an admin
// without a key.
@RequestScoped
class Caller {

    private @Nullable UUID key;
    private ApiKey.Role role = ApiKey.Role.READ;

    void is(@Nullable UUID identified, ApiKey.Role as) {
        key = identified;
        role = as;
    }

    /// The owner of what the caller submits.
    @Nullable UUID key() {
        return key;
    }

    /// A run is seen by its owner's key and by admins.
    boolean sees(@Nullable UUID owner) {
        return role == ApiKey.Role.ADMIN || (key != null && key.equals(owner));
    }

    /// The owner whose runs a list is bound to; absent: all.
    @Nullable UUID boundTo() {
        return role == ApiKey.Role.ADMIN ? null : key;
    }
}
