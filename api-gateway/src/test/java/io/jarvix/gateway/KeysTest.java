package io.jarvix.gateway;

import static io.jarvix.gateway.GuardedGateway.key;
import static io.jarvix.gateway.GuardedGateway.storedKeys;
import static io.jarvix.gateway.GuardedGateway.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GuardedGateway.class)
@WithTestResource(value = EmbeddedServers.class, scope = TestResourceScope.MATCHING_RESOURCES)
@SuppressWarnings("NullAway.Init")
class KeysTest {

    @Inject AgroalDataSource source;

    @Test
    void aKeyIsMadeSeenOnceKeptAsAHashAndStopsAtOnceWhenItIsRevoked() throws Exception {
        String admin = key("keeper", "admin");
        JsonPath made =
                with(admin)
                        .contentType("application/json")
                        .body("{\"name\": \"partner\", \"role\": \"READ\"}")
                        .post("/keys")
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath();
        String key = made.getString("key");

        with(key).get("/runs").then().statusCode(200);
        assertThat(with(admin).get("/keys").asString()).contains("partner").doesNotContain(key);
        assertThat(storedKeys(source)).doesNotContain(key, key.substring(4), admin.substring(4));
        assertThat(storedKeys(source)).contains(ApiKeyCreation.sha256(key));
        with(admin).delete("/keys/" + made.getString("id")).then().statusCode(204);
        with(key).get("/runs").then().statusCode(401);
        with(admin).delete("/keys/" + made.getString("id")).then().statusCode(204);
        with(admin)
                .delete("/keys/01890000-0000-7000-8000-000000000000")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:jarvix:problem:key-not-found"));
    }

    @Test
    void aKeyNeedsANameAndARole() throws Exception {
        String admin = key("strict", "admin");

        with(admin)
                .contentType("application/json")
                .body("{\"role\": \"READ\"}")
                .post("/keys")
                .then()
                .statusCode(400)
                .body("field", equalTo("name"));
        with(admin)
                .contentType("application/json")
                .body("{\"name\": \"x\"}")
                .post("/keys")
                .then()
                .statusCode(400)
                .body("field", equalTo("role"));
    }

    @Test
    void theConfiguredKeyIsKeptOnceAndStaysRevoked() throws Exception {
        String configured = "a-configured-key-of-letters";
        String admin = key("other-admin", "admin");

        keep(configured);
        keep(configured);
        with(configured).get("/keys").then().statusCode(200);
        String id = with(configured).get("/keys").path("find { it.name == 'configured' }.id");
        with(admin).delete("/keys/" + id).then().statusCode(204);
        keep(configured);

        with(configured).get("/keys").then().statusCode(401);
    }

    private static void keep(String key) {
        QuarkusTransaction.requiringNew().run(() -> OpenAddressGuard.keep(key));
    }
}
