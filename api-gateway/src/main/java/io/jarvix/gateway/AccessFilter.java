package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/// Lets in who shows a key of a sufficient role, or a bearer token where those are configured
/// instead, and nobody too often. Without any of them only a gateway on a loopback address starts,
/// and serves everyone who reaches it.
@Singleton
final class AccessFilter {

    private static final String BEARER = "bearer ";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Caller caller;
    private final Provider<RateLimit> rate;
    private final Provider<BearerTokens> tokens;
    private volatile boolean keysExist;

    /// Filters are made before the configuration is known, hence the providers.
    AccessFilter(Caller caller, Provider<RateLimit> rate, Provider<BearerTokens> tokens) {
        this.caller = caller;
        this.rate = rate;
        this.tokens = tokens;
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request, SimpleResourceInfo resource) {
        if (!isGateways(resource)
                && InternalCalls.isOurs(request.getHeaderString(InternalCalls.HEADER))) {
            return;
        }
        if (tokens.get().areAsked()) {
            letIn(request, resource, tokens.get().identify());
        } else if (keysExist()) {
            letIn(request, resource, identify(shownKey(request)));
        } else {
            caller.is(null, ApiKey.Role.ADMIN);
            rate.get().take("loopback");
        }
    }

    /// The gateway never calls itself: the secret opens the other services' paths only.
    private static boolean isGateways(SimpleResourceInfo resource) {
        return resource.getResourceClass().getPackage().equals(AccessFilter.class.getPackage());
    }

    private void letIn(
            ContainerRequestContext request, SimpleResourceInfo resource, Identity identity) {
        ApiKey.Role needed = needed(request, resource);
        if (!identity.role().covers(needed)) {
            throw new Problem(
                    403,
                    "role-too-low",
                    "The caller's role does not allow this",
                    "Your role is " + identity.role() + "; this needs " + needed + ".");
        }
        rate.get().take(identity.id().toString());
        caller.is(identity.id(), identity.role());
    }

    private static Identity identify(@Nullable String shown) {
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
        return new Identity(key.id, key.role);
    }

    private static ApiKey.Role needed(
            ContainerRequestContext request, SimpleResourceInfo resource) {
        if (resource.getResourceClass().isAnnotationPresent(AdminsOnly.class)) {
            return ApiKey.Role.ADMIN;
        }
        return READING.contains(request.getMethod()) ? ApiKey.Role.READ : ApiKey.Role.SUBMIT;
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
