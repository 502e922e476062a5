package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// API keys, for admins: make, list, revoke.
@Path("/keys")
@RunOnVirtualThread
@AdminsOnly
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Keys")
class KeysResource {

    private static final int LONGEST_NAME = 200;

    private final Clock clock = Clock.systemUTC();

    /// What is known of a key; the key itself is not.
    record KeyView(
            UUID id,
            String name,
            ApiKey.Role role,
            Instant createdAt,
            @Nullable Instant revokedAt) {

        static KeyView of(ApiKey key) {
            return new KeyView(key.id, key.name, key.role, key.createdAt, key.revokedAt);
        }
    }

    record NewKey(@Nullable String name, ApiKey.@Nullable Role role) {}

    /// @param key can be seen this once only
    record MadeKey(UUID id, String name, ApiKey.Role role, String key) {}

    @GET
    @Operation(summary = "All keys, the newest first, without what they are")
    public List<KeyView> list() {
        return ApiKey.<ApiKey>list("order by id desc").stream().map(KeyView::of).toList();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make a key; the answer is the only place where it can be seen")
    @APIResponseSchema(value = MadeKey.class, responseCode = "201", responseDescription = "Made")
    public Response make(NewKey wanted) {
        if (wanted == null || wanted.name() == null || wanted.name().isBlank()) {
            throw Problem.invalidField("name", "is missing");
        }
        if (wanted.name().length() > LONGEST_NAME) {
            throw Problem.invalidField("name", "must have at most " + LONGEST_NAME + " characters");
        }
        if (wanted.role() == null) {
            throw Problem.invalidField("role", "must be READ, SUBMIT or ADMIN");
        }
        String secret = ApiKeyCreation.random();
        ApiKey key = ApiKey.of(wanted.name(), wanted.role(), secret, clock.instant());
        QuarkusTransaction.requiringNew().run(key::persist);
        return Response.created(URI.create("/keys/" + key.id))
                .entity(new MadeKey(key.id, key.name, key.role, secret))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Revoke a key, at once and for good; its runs stay")
    public void revoke(@PathParam("id") UUID id) {
        int revoked =
                QuarkusTransaction.requiringNew()
                        .call(
                                () ->
                                        ApiKey.update(
                                                "revokedAt = coalesce(revokedAt, ?1) where id = ?2",
                                                clock.instant(),
                                                id));
        if (revoked == 0) {
            throw new Problem(404, "key-not-found", "No such key", "There is no key " + id + ".");
        }
    }
}
