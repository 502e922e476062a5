package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class RunDiffTest extends AnsweredGateway {

    @Test
    void aRunIsComparedWithTheOneBeforeInItsSeries() {
        suite.score(Map.of("/up", 40.0, "/down", 80.0, "/gone", 30.0, "/zero", 0.0));
        suite.fail("/found");
        String first =
                ended("monday", "/up", "/down", "/gone", "/same", "/zero", "/lost", "/found");
        suite.score(Map.of("/up", 90.0, "/down", 60.0, "/zero", 0.5));
        suite.fail("/lost");
        String second =
                ended("monday", "/up", "/down", "/new", "/same", "/zero", "/lost", "/found");

        JsonPath diff = diff(second, "");
        assertThat(diff.getString("against.id")).isEqualTo(first);
        assertThat(diff.getMap("counts").toString())
                .isEqualTo("{NEW=2, GONE=2, IMPROVED=2, DECLINED=1, STABLE=1}");
        Map<String, Object> up = diff.getMap("items[0]");
        assertThat(up).containsEntry("url", "https://diff.example/up").containsEntry("points", 50f);
        assertThat(up).containsEntry("change", "IMPROVED").containsEntry("percent", 125f);
        assertThat(diff.getString("items[0].why.action.to")).isEqualTo("BUY");
        assertThat(diff.getDouble("items[0].before.score")).isEqualTo(40);
        assertThat(diff.getDouble("items[0].now.score")).isEqualTo(90);
        assertThat(diff.getDouble("items[0].why.terms[0].change")).isEqualTo(50);
        Map<String, Object> zero = diff.getMap("items.find { it.url.endsWith('/zero') }");
        assertThat(zero).containsEntry("change", "IMPROVED").doesNotContainKey("percent");
        Map<String, Object> lost = diff.getMap("items.find { it.url.endsWith('/lost') }");
        assertThat(lost).containsEntry("change", "GONE").doesNotContainKey("now");
        assertThat(diff.getString("items.find { it.url.endsWith('/lost') }.instead.kind"))
                .isEqualTo("HTTP_CLIENT_ERROR");
        assertThat(diff.getString("items.find { it.url.endsWith('/found') }.instead.state"))
                .isEqualTo("FAILED");
        assertThat((Object) diff.get("items.find { it.url.endsWith('/gone') }.instead")).isNull();
        assertThat(suite.reportOf(UUID.fromString(second)).trend())
                .isNotNull()
                .extracting("improved", "gone")
                .containsExactly(2, 2);
    }

    @Test
    void theRowsComeByThePageAndByTheirChange() {
        suite.score(Map.of("/a", 10.0, "/b", 20.0, "/c", 30.0));
        String first = ended("paged", "/a", "/b", "/c", "/d");
        suite.score(Map.of("/a", 60.0, "/b", 60.0, "/c", 60.0));
        String second = ended("paged", "/a", "/b", "/c", "/d");

        JsonPath page = diff(second, "?limit=2");
        JsonPath rest = diff(second, "?limit=2&cursor=" + page.getString("nextCursor"));
        assertThat(page.getList("items.url"))
                .containsExactly("https://diff.example/a", "https://diff.example/b");
        assertThat(rest.getList("items.url"))
                .containsExactly("https://diff.example/c", "https://diff.example/d");
        assertThat(rest.getMap("counts")).isEqualTo(page.getMap("counts"));
        assertThat(diff(second, "?change=STABLE&change=GONE").getList("items.url"))
                .containsExactly("https://diff.example/d");
        assertThat(diff(first, "?against=" + second).getMap("counts").toString())
                .isEqualTo("{NEW=0, GONE=0, IMPROVED=0, DECLINED=3, STABLE=1}");
        given().get("/runs/" + second + "/diff?cursor=nonsense")
                .then()
                .statusCode(400)
                .body("field", equalTo("cursor"));
    }

    @Test
    void whatCannotBeComparedSaysWhy() {
        String only = ended("lonely", "/a", "/fail");
        given().get("/runs/" + only + "/diff")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:jarvix:problem:no-earlier-run"))
                .body("detail", containsString("lonely"));
        given().get("/runs/" + only + "/diff?against=01931000-0000-7000-8000-00000000abcd")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:jarvix:problem:run-not-found"));
        String retry =
                given().post("/runs/" + only + "/retry")
                        .then()
                        .statusCode(202)
                        .extract()
                        .path("id");
        awaitState(UUID.fromString(retry), "COMPLETED");
        given().get("/runs/" + retry).then().body("retryOf", equalTo(only));
        given().get("/runs/" + only).then().body("retryOf", nullValue());
        given().get("/runs/" + retry + "/diff")
                .then()
                .statusCode(404)
                .body("detail", containsString("retry"));

        suite.ignore(task -> task.url().contains("never"));
        String open = submit("lonely", "/never");
        given().get("/runs/" + open + "/diff")
                .then()
                .statusCode(409)
                .header("Retry-After", "5")
                .body("type", equalTo("urn:jarvix:problem:run-goes-on"));
        given().post("/runs/" + open + "/cancel").then().statusCode(202);
    }

    private static JsonPath diff(String run, String query) {
        return given().get("/runs/" + run + "/diff" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String ended(String name, String... paths) {
        String id = submit(name, paths);
        awaitState(UUID.fromString(id), "COMPLETED");
        return id;
    }

    private static String submit(String name, String... paths) {
        StringBuilder seeds = new StringBuilder();
        for (String path : paths) {
            seeds.append("https://diff.example").append(path).append('\n');
        }
        return given().contentType("text/plain")
                .body(seeds.toString())
                .post("/runs?name=" + name)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
