package io.jarvix.gateway;

import static io.jarvix.gateway.GuardedGateway.submit;
import static io.jarvix.gateway.GuardedGateway.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(BearerTokensTest.Tokens.class)
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = TokenIssuer.class, restrictToAnnotatedClass = true)
class BearerTokensTest {

    /// A gateway of its own, where nobody comes in without a token.
    public static final class Tokens implements QuarkusTestProfile {}

    private final Instant soon = Instant.now().plus(Duration.ofMinutes(5));
    private final SignedToken valid =
            new SignedToken(
                    setting(TokenIssuer.ISSUER), "jarvix", "ann", List.of("jarvix-submit"), soon);

    @Test
    void aRunBelongsToTheTokensSubject() throws Exception {
        String run =
                submit(signed(valid), "https://a.example/")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");

        String anotherOfAnn = signed(valid.expiredAt(soon.plusSeconds(60)));
        with(anotherOfAnn).get("/runs/" + run).then().statusCode(200);
        with(signed(valid.withSubject("bob"))).get("/runs/" + run).then().statusCode(404);
        String admin = signed(valid.withSubject("eve").withGroups("jarvix-admin"));
        with(admin).get("/runs/" + run).then().statusCode(200);
    }

    @Test
    void aTokenThatIsNotTheIssuersOwnForUsAndForNowIsRefused() throws Exception {
        with(signed(valid)).get("/runs").then().statusCode(200);

        assertNotLetIn(given().get("/runs"));
        assertNotLetIn(with(valid.signedBy(TokenIssuer.newKeys().getPrivate())).get("/runs"));
        assertNotLetIn(with(valid.unsigned()).get("/runs"));
        assertNotLetIn(
                with(signed(valid.expiredAt(Instant.now().minusSeconds(3_600)))).get("/runs"));
        assertNotLetIn(with(signed(valid.withAudience("another-service"))).get("/runs"));
        assertNotLetIn(with(signed(valid.withIssuer("https://evil.example"))).get("/runs"));
        assertNotLetIn(with(GuardedGateway.key("left-over", "admin")).get("/runs"));
    }

    @Test
    void rolesComeFromTheToken() throws Exception {
        with(signed(valid.withGroups("staff")))
                .get("/runs")
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:jarvix:problem:role-missing"));
        String reader = signed(valid.withGroups("staff", "jarvix-read"));
        with(reader).get("/runs").then().statusCode(200);
        submit(reader, "https://a.example/").then().statusCode(403);
        with(signed(valid)).get("/keys").then().statusCode(403);
        with(signed(valid.withGroups("jarvix-admin"))).get("/keys").then().statusCode(200);
    }

    private static void assertNotLetIn(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.<String>path("type")).isEqualTo("urn:jarvix:problem:token-needed");
    }

    private static String signed(SignedToken token) throws GeneralSecurityException {
        PrivateKey key =
                KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(
                                        Base64.getDecoder()
                                                .decode(setting(TokenIssuer.PRIVATE_KEY))));
        return token.signedBy(key);
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
