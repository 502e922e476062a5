package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whatever is refused is refused with problem details (RFC 9457).
@QuarkusTest
@QuarkusTestResource(EmbeddedServers.class)
@SuppressWarnings("NullAway.Init")
class ApiProblemsTest {

    @Inject AgroalDataSource source;

    @Test
    void whatIsNotThereAndWhatIsNotDoneThereSaysSo() {
        isProblem(given().get("/nothing"), 404);
        isProblem(given().get("/runs/" + UUID.randomUUID() + "/nothing"), 404);
        isProblem(given().get("/runs/" + UUID.randomUUID()), 404);
        isProblem(given().put("/runs"), 405);
        isProblem(given().delete("/runs"), 405);
        isProblem(given().contentType("application/xml").body("<a/>").post("/runs"), 415);
        isProblem(given().accept("image/png").get("/runs"), 406);
    }

    @Test
    void aParameterThatCannotBeReadIsNamed() {
        String run = submit();
        for (String[] wrong :
                new String[][] {
                    {"/runs?limit=many", "limit"},
                    {"/runs?limit=0", "limit"},
                    {"/runs?limit=99999999999", "limit"},
                    {"/runs?state=LOST", "state"},
                    {"/runs?cursor=%21%21", "cursor"},
                    {"/runs?cursor=bm8gaWQ", "cursor"},
                    {"/runs/" + run + "/urls?state=LOST", "state"},
                    {"/runs/" + run + "/urls?cursor=bm8gaWQ", "cursor"},
                    {"/runs/" + run + "/scores?action=RUN", "action"},
                    {"/runs/" + run + "/scores?minScore=high", "minScore"},
                    {"/runs/" + run + "/scores?limit=1001", "limit"},
                    {"/runs/" + run + "/scores?cursor=MQ", "cursor"},
                    {"/runs/" + run + "/diff?change=OTHER", "change"},
                    {"/runs/" + run + "/report.pdf?lang=xx", "lang"}
                }) {
            isProblem(given().urlEncodingEnabled(false).get(wrong[0]), 400)
                    .then()
                    .body("field", equalTo(wrong[1]));
        }
        given().post("/runs/" + run + "/cancel");
    }

    @Test
    void aBodyThatIsNotTheJsonOfARunSaysWhere() {
        for (String wrong :
                new String[] {
                    "",
                    "{",
                    "[]",
                    "7",
                    "{\"seeds\": 7}",
                    "{\"seeds\": [\"https://a.example/\"]",
                    "{\"seeds\": [\"https://a.example/\"], \"options\": {\"minDelayMillis\": -1}}",
                    "{\"seeds\": [\"https://a.example/\"], \"options\": {\"unknown\": 1}}",
                    "{\"seeds\": [\"https://a.example/\"], \"name\": 7}",
                    "{\"name\": \"none\"}"
                }) {
            isProblem(given().contentType("application/json").body(wrong).post("/runs"), 400);
        }
        isProblem(given().contentType("text/plain").body("").post("/runs"), 400);
        isProblem(given().multiPart("name", "no file").post("/runs"), 400);
        isProblem(
                given().config(
                                RestAssuredConfig.config()
                                        .encoderConfig(
                                                EncoderConfig.encoderConfig()
                                                        .encodeContentTypeAs(
                                                                "multipart/form-data",
                                                                ContentType.TEXT)))
                        .contentType("multipart/form-data; boundary=x")
                        .body("broken")
                        .post("/runs"),
                400);
    }

    /// The tests' limit is 1 MiB.
    @Test
    void aBodyOverTheLimitIsRefusedWhetherItsLengthIsToldOrNot() throws Exception {
        byte[] large = "https://a.example/\n".repeat(80_000).getBytes(StandardCharsets.UTF_8);
        int before = given().get("/runs?limit=1000").path("items.size()");

        assertThat(raw("Content-Length: " + large.length, large, false))
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("urn:jarvix:problem:body-too-large");
        assertThat(raw("Transfer-Encoding: chunked", large, true))
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("urn:jarvix:problem:body-too-large");
        assertThat((int) given().get("/runs?limit=1000").path("items.size()")).isEqualTo(before);
    }

    /// What has begun as a 200 cannot become a problem; the connection breaks, so nobody takes the
    /// beginning for the whole.
    @Test
    void anExportThatBreaksOffIsNotMistakenForAWholeOne() throws Exception {
        UUID run;
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            run = ScoredRun.insert(connection, 2_000, 100);
            statement.execute(
                    "UPDATE ledger SET document = '\\x00' WHERE ordinal = 1000 AND run_id = '"
                            + run
                            + "'");
        }
        for (String form :
                new String[] {
                    "text/csv", "application/x-ndjson", "application/vnd.apache.parquet"
                }) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + RestAssured.port
                                                    + "/runs/"
                                                    + run
                                                    + "/scores"))
                            .header("Accept", form)
                            .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<InputStream> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                if (answer.statusCode() == 200) {
                    assertThatThrownBy(() -> answer.body().readAllBytes())
                            .as(form)
                            .isInstanceOf(IOException.class);
                } else {
                    assertThat(answer.statusCode()).as(form).isEqualTo(500);
                }
            }
        }
    }

    private static String raw(String length, byte[] body, boolean chunked) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /runs HTTP/1.1\r\nHost: gateway\r\nContent-Type: text/plain\r\n"
                                    + length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            try {
                if (chunked) {
                    out.write(
                            (Integer.toHexString(body.length) + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    out.write(body);
                    out.write("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    out.write(body, 0, 1_000);
                }
                out.flush();
            } catch (IOException e) {
                // The server has answered and closed before it had all, as it may.
            }
            return answer(socket.getInputStream());
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[4_096];
        while (answer.indexOf("}") < 0) {
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return answer.toString();
    }

    private static Response isProblem(Response response, int status) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", not(emptyOrNullString()))
                .body("title", not(emptyOrNullString()))
                .body("detail", not(emptyOrNullString()));
        return response;
    }

    private static String submit() {
        return given().contentType("text/plain")
                .body("https://problems.example/")
                .post("/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }
}
