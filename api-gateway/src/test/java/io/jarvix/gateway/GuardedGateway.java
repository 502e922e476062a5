package io.jarvix.gateway;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/// A gateway of its own for the tests of who may do what, since the first key closes the door for
/// all; with small limits.
public final class GuardedGateway implements QuarkusTestProfile {

    static final int REQUESTS = 300;
    static final int OPEN_RUNS = 2;
    static final int LINES = 1_000;
    static final int BODY = 100_000;
    static final int SUBMISSIONS = 2;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "jarvix.gateway.limits.requests-per-minute", Integer.toString(REQUESTS),
                "jarvix.gateway.limits.open-runs", Integer.toString(OPEN_RUNS),
                "jarvix.gateway.limits.lines-per-run", Integer.toString(LINES),
                "jarvix.gateway.limits.concurrent-submissions-per-caller",
                        Integer.toString(SUBMISSIONS),
                "jarvix.gateway.limits.body-bytes", Integer.toString(BODY));
    }

    static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    /// A new key, as the command line makes one.
    static String key(String name, String role) throws SQLException {
        Config config = ConfigProvider.getConfig();
        return ApiKeyCreation.create(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class),
                name,
                role);
    }

    static Response submit(String key, String list) {
        return with(key).contentType("text/plain").body(list).post("/runs");
    }

    /// All that is kept of the keys.
    static String storedKeys(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT string_agg(api_key::text, ' ') FROM api_key")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
