package io.jarvix.gateway;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Callers by the bearer tokens of an OpenID Connect issuer, in the place of API keys. Quarkus
/// verifies signature, issuer, audience and time (`quarkus.oidc.*`); here the token's roles become
/// ours.
@Singleton
final class BearerTokens {

    private static final Logger LOG = Logger.getLogger(BearerTokens.class);

    /// Of the verification, which asks the issuer for its keys at times.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CurrentIdentityAssociation current;
    private final GatewayConfig.Oidc config;
    private final boolean enabled;

    BearerTokens(
            CurrentIdentityAssociation current,
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean enabled) {
        this.current = current;
        this.config = config.oidc();
        this.enabled = enabled;
    }

    /// Whether callers are known by tokens, and by tokens only.
    boolean areAsked() {
        return enabled;
    }

    /// Who calls in this request.
    ///
    /// @throws Problem 401 where there is no valid token, 403 where it has none of our roles
    Identity identify() {
        SecurityIdentity identity = verified();
        if (!(identity.getPrincipal() instanceof JsonWebToken token)
                || token.getSubject() == null) {
            throw tokenNeeded();
        }
        return new Identity(
                ownerOf(token.getIssuer(), token.getSubject()), roleOf(identity.getRoles()));
    }

    private SecurityIdentity verified() {
        try {
            return current.getDeferredIdentity().await().atMost(PATIENCE);
        } catch (AuthenticationFailedException e) {
            throw tokenNeeded();
        } catch (OIDCException | io.smallrye.mutiny.TimeoutException e) {
            LOG.warnf("The issuer of tokens does not answer: error=%s", e.getMessage());
            throw new Problem(
                            503,
                            "issuer-away",
                            "Tokens cannot be verified now",
                            "The issuer of tokens does not answer: try again.")
                    .retryAfter(5);
        }
    }

    private ApiKey.Role roleOf(Set<String> roles) {
        return Arrays.stream(ApiKey.Role.values())
                .sorted(Comparator.reverseOrder())
                .filter(role -> roles.contains(nameOf(role)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new Problem(
                                        403,
                                        "role-missing",
                                        "The token has no role here",
                                        "The token needs one of the roles "
                                                + config.readRole()
                                                + ", "
                                                + config.submitRole()
                                                + " and "
                                                + config.adminRole()
                                                + "."));
    }

    private String nameOf(ApiKey.Role role) {
        return switch (role) {
            case READ -> config.readRole();
            case SUBMIT -> config.submitRole();
            case ADMIN -> config.adminRole();
        };
    }

    /// The same for each token of a subject: 128 bits of a hash of issuer and subject.
    static UUID ownerOf(@Nullable String issuer, String subject) {
        String hash =
                ApiKeyCreation.sha256(Objects.requireNonNullElse(issuer, "") + "\n" + subject);
        return new UUID(
                Long.parseUnsignedLong(hash, 0, 16, 16), Long.parseUnsignedLong(hash, 16, 32, 16));
    }

    private static Problem tokenNeeded() {
        return new Problem(
                401,
                "token-needed",
                "A token is needed",
                "Send a valid token of the configured issuer as `Authorization: Bearer ...`.");
    }
}
