package io.jarvix.gateway;

import static io.jarvix.gateway.GuardedGateway.key;
import static io.jarvix.gateway.GuardedGateway.storedKeys;
import static io.jarvix.gateway.GuardedGateway.submit;
import static io.jarvix.gateway.GuardedGateway.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(GuardedGateway.class)
@WithTestResource(value = EmbeddedServers.class, scope = TestResourceScope.MATCHING_RESOURCES)
@SuppressWarnings("NullAway.Init")
class ApiKeysTest {

    @Inject AgroalDataSource source;

    @Test
    void aRunIsSeenByItsOwnerAndAdminsAndRolesBoundWhatAKeyMayDo() throws Exception {
        String owner = key("owner", "submit");
        String other = key("other", "submit");
        String reader = key("reader", "read");
        String admin = key("admin", "admin");

        given().get("/runs")
                .then()
                .statusCode(401)
                .body("type", equalTo("urn:jarvix:problem:key-needed"));
        with("jvx_wrong").get("/runs").then().statusCode(401);
        submit(reader, "https://a.example/").then().statusCode(403);
        String run =
                submit(owner, "https://a.example/").then().statusCode(202).extract().path("id");

        with(owner).get("/runs/" + run).then().statusCode(200);
        with(owner).get("/runs").then().body("items.size()", equalTo(1));
        with(admin).get("/runs/" + run).then().statusCode(200);
        with(admin).get("/runs").then().body("items.id", org.hamcrest.Matchers.hasItem(run));
        with(other).get("/runs").then().body("items.size()", equalTo(0));
        for (String path :
                new String[] {
                    "", "/urls", "/scores", "/top", "/scores/1", "/report.pdf", "/events", "/diff"
                }) {
            with(other).get("/runs/" + run + path).then().statusCode(404);
        }
        with(other).post("/runs/" + run + "/cancel").then().statusCode(404);
        String others =
                submit(other, "https://a.example/").then().statusCode(202).extract().path("id");
        with(other)
                .get("/runs/" + others + "/diff?against=" + run)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:jarvix:problem:run-not-found"));
        with(owner).post("/runs/" + run + "/cancel").then().statusCode(202);
        assertThat(storedKeys(source)).doesNotContain(owner.substring(4));
    }

    @Test
    void theSecretOfCallsToOtherServicesOpensNoPathOfTheGateway() throws Exception {
        key("closing-the-door", "admin");

        for (String path : new String[] {"/runs", "/keys"}) {
            given().header(InternalCalls.HEADER, InternalCalls.secret())
                    .get(path)
                    .then()
                    .statusCode(401);
        }
    }
}
