package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/// Lets in who shows a key of a sufficient role, and nobody too often. Without any key only a
// gateway on a loopback
/// address starts, and serves everyone who reaches it.
@Singleton
final class AccessFilter {

    private static final String BEARER = "bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Caller caller;
    private final Provider<RateLimit> rate;
    private volatile boolean keysExist;

    /// Filters are made before the configuration is known, hence the provider.
    AccessFilter(Caller caller, Provider<RateLimit> rate) {
        this.caller = caller;
        this.rate = rate;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        if (InternalCalls.isOurs(request.getHeaderString(InternalCalls.HEADER))) {
            return;
        }
        if (!keysExist()) {
            caller.is(null, ApiKey.Role.ADMIN);
            rate.get().take("loopback");
            return;
        }
        String shown = shownKey(request);
        ApiKey key =
                shown == null
                        ? null
                        : QuarkusTransaction.joiningExisting().call(() -> ApiKey.of(shown));
        if (key == null) {
            throw new Problem(
                    401,
                    "key-needed",
                    "A key is needed",
                    "Send a valid API key as `Authorization: Bearer jvx_...` or as `X-API-Key`.");
        }
        ApiKey.Role needed =
                READING.contains(request.getMethod()) ? ApiKey.Role.READ : ApiKey.Role.SUBMIT;
        if (!key.role.covers(needed)) {
            throw new Problem(
                    403,
                    "role-too-low",
                    "The key's role does not allow this",
                    "The key's role is " + key.role + "; this needs " + needed + ".");
        }
        rate.get().take(key.id.toString());
        caller.is(key.id, key.role);
    }

    /// Once there is a key, there always was one: revoking the last does not open the door.
    private boolean keysExist() {
        if (!keysExist) {
            keysExist = QuarkusTransaction.joiningExisting().call(ApiKey::any);
        }
        return keysExist;
    }

    private static @Nullable String shownKey(ContainerRequestContext request) {
        String authorization = request.getHeaderString("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        return request.getHeaderString("X-API-Key");
    }
}
