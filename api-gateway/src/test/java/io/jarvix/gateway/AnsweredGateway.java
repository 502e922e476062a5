package io.jarvix.gateway;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The gateway under test, with the rest of the suite answering it, anew for each test.
@SuppressWarnings("NullAway.Init")
abstract class AnsweredGateway {

    AnsweringSuite suite;

    @BeforeEach
    void startSuite() {
        suite =
                new AnsweringSuite(
                        ConfigProvider.getConfig()
                                .getValue("kafka.bootstrap.servers", String.class));
    }

    @AfterEach
    void stopSuite() {
        suite.close();
    }

    static JsonPath awaitState(UUID id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> given().get("/runs/" + id).path("state").equals(state));
        return given().get("/runs/" + id).jsonPath();
    }
}
