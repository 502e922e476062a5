package io.jarvix.gateway;

import static io.jarvix.gateway.GuardedGateway.key;
import static io.jarvix.gateway.GuardedGateway.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every role against every endpoint. The endpoints are those that the API itself describes, so
/// that one that is added is covered.
@QuarkusTest
@TestProfile(GuardedGateway.class)
@WithTestResource(value = EmbeddedServers.class, scope = TestResourceScope.MATCHING_RESOURCES)
class RoleMatrixTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String NOT_FOUND = "urn:jarvix:problem:run-not-found";

    /// @param mediaType of the body that it takes; absent where it takes none
    private record Endpoint(String method, String path, @Nullable String mediaType) {

        boolean reads() {
            return method.equals("GET");
        }

        boolean isForAdmins() {
            return path.startsWith("/keys");
        }

        boolean isOfARun() {
            return path.startsWith("/runs/{id}");
        }

        ApiKey.Role needed() {
            return isForAdmins()
                    ? ApiKey.Role.ADMIN
                    : reads() ? ApiKey.Role.READ : ApiKey.Role.SUBMIT;
        }

        Response call(RequestSpecification as, String id) {
            return (mediaType == null ? as : as.contentType(mediaType))
                    .when()
                    .request(method, path.replace("{id}", id).replaceAll("\\{[a-z]+}", "1"));
        }
    }

    @Test
    void eachRoleMayDoWhatItShouldAtEachEndpointAndNothingElse() throws Exception {
        Map<ApiKey.Role, String> keys = new EnumMap<>(ApiKey.Role.class);
        for (ApiKey.Role role : ApiKey.Role.values()) {
            keys.put(role, key("matrix", role.name().toLowerCase(Locale.ROOT)));
        }
        List<Endpoint> endpoints = endpoints();
        assertThat(endpoints).hasSizeGreaterThan(14);

        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : endpoints) {
            String unknown = UUID.randomUUID().toString();
            all.assertThat(endpoint.call(given(), unknown).statusCode())
                    .as("nobody: " + endpoint)
                    .isEqualTo(401);
            keys.forEach(
                    (role, key) -> {
                        int status = endpoint.call(with(key), unknown).statusCode();
                        if (role.covers(endpoint.needed())) {
                            all.assertThat(status).as(role + ": " + endpoint).isNotIn(401, 403);
                        } else {
                            all.assertThat(status).as(role + ": " + endpoint).isEqualTo(403);
                        }
                    });
        }
        all.assertAll();
    }

    @Test
    void aRunIsThereForItsOwnerAndAdminsAtEachEndpointAndForNobodyElse() throws Exception {
        String owner = key("run-owner", "submit");
        String run = finishedRun(owner);
        Map<String, Boolean> callers =
                Map.of(
                        owner,
                        true,
                        key("run-admin", "admin"),
                        true,
                        key("run-stranger", "submit"),
                        false,
                        key("run-reader", "read"),
                        false);

        SoftAssertions all = new SoftAssertions();
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isOfARun() && endpoint.reads()) {
                callers.forEach(
                        (key, sees) -> {
                            Response answer = endpoint.call(with(key), run);
                            all.assertThat(answer.asString().contains(NOT_FOUND))
                                    .as(endpoint + " sees=" + sees + " " + answer.statusCode())
                                    .isEqualTo(!sees);
                        });
            } else if (endpoint.isOfARun()) {
                String stranger = key("another-stranger", "submit");
                all.assertThat(endpoint.call(with(stranger), run).<String>path("type"))
                        .as(endpoint.toString())
                        .isEqualTo(NOT_FOUND);
            }
        }
        all.assertAll();
    }

    private static String finishedRun(String owner) {
        String bootstrapServers =
                ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        try (AnsweringSuite suite = new AnsweringSuite(bootstrapServers)) {
            String run =
                    with(owner)
                            .contentType("text/plain")
                            .body("https://matrix.example/")
                            .post("/runs")
                            .path("id");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> with(owner).get("/runs/" + run).path("endedAt") != null);
            return run;
        }
    }

    private static Endpoint endpoint(JsonPath api, String method, String path) {
        Map<String, ?> bodies =
                api.getMap("paths.'%s'.%s.requestBody.content".formatted(path, method));
        String mediaType = bodies == null ? null : new TreeSet<>(bodies.keySet()).first();
        return new Endpoint(method.toUpperCase(Locale.ROOT), path, mediaType);
    }

    private static List<Endpoint> endpoints() {
        JsonPath api = given().get("/q/openapi?format=json").jsonPath();
        List<Endpoint> endpoints = new ArrayList<>();
        api.<String, Map<String, ?>>getMap("paths")
                .forEach(
                        (path, operations) ->
                                METHODS.stream()
                                        .filter(operations::containsKey)
                                        .map(method -> endpoint(api, method, path))
                                        .forEach(endpoints::add));
        return endpoints;
    }
}
