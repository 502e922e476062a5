package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
class RunEventsTest extends AnsweredGateway {

    @Test
    void progressIsStreamedAndResumedFromTheLastEvent() {
        UUID id =
                UUID.fromString(
                        given().contentType("text/plain")
                                .body("https://events.example/")
                                .post("/runs")
                                .path("id"));
        awaitState(id, "COMPLETED");

        String events =
                given().accept("text/event-stream").get("/runs/" + id + "/events").asString();
        assertThat(events).contains("event:end").contains("\"state\":\"COMPLETED\"");
        String last =
                events.lines()
                        .filter(line -> line.startsWith("id:"))
                        .findFirst()
                        .orElseThrow()
                        .substring(3);
        given().accept("text/event-stream")
                .header("Last-Event-ID", last.strip())
                .get("/runs/" + id + "/events")
                .then()
                .statusCode(204);
        assertThat(
                        given().accept("text/event-stream")
                                .header("Last-Event-ID", "RUNNING-0-1")
                                .get("/runs/" + id + "/events")
                                .asString())
                .contains("event:end")
                .contains(last);
    }

    @Test
    void whoComesBackWithTheLastEventIdGoesOnBehindIt() throws Exception {
        suite.ignore(task -> task.url().endsWith("/held"));
        String id =
                given().contentType("text/plain")
                        .body("https://resumed.example/\nhttps://resumed.example/held\n")
                        .post("/runs")
                        .path("id");
        String last = eventsUntil(id, "none", "\"SCORED\":1").getLast();

        try (ExecutorService later = Executors.newSingleThreadExecutor()) {
            Future<List<String>> resumed =
                    later.submit(() -> eventsUntil(id, last, "\"state\":\"CANCELLED\""));
            given().post("/runs/" + id + "/cancel").then().statusCode(202);
            List<String> ids = resumed.get(1, TimeUnit.MINUTES);
            assertThat(ids).doesNotContain(last).doesNotHaveDuplicates();
            assertThat(ids.getLast()).startsWith("CANCELLED-2-");
        }
    }

    /// The ids of the events up to the one whose data has these words.
    private static List<String> eventsUntil(String run, String last, String words)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + RestAssured.port
                                                + "/runs/"
                                                + run
                                                + "/events"))
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", last)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines =
                        client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            List<String> ids = new ArrayList<>();
            Iterator<String> next = lines.iterator();
            while (next.hasNext()) {
                String line = next.next();
                if (line.startsWith("id:")) {
                    ids.add(line.substring(3).strip());
                }
                if (line.startsWith("data:") && line.contains(words)) {
                    client.shutdownNow();
                    return ids;
                }
            }
            throw new AssertionError("the stream ended before " + words + ": " + ids);
        }
    }
}
