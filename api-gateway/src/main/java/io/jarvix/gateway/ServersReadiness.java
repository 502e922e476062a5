package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Not ready while the broker or the database does not answer, by name; ready again by itself. Each
/// is asked when the probe asks, and a server that hangs is one that does not answer.
@Singleton
final class ServersReadiness {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Broker broker;
    private final Ping database;

    ServersReadiness(Broker broker, AgroalDataSource source) {
        this.broker = broker;
        this.database = new Ping(() -> select(source), PATIENCE);
    }

    private interface Question {
        @Nullable String objection() throws InterruptedException;
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck broker() {
        return () -> answer("gateway: broker", broker::objection);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck database() {
        return () -> answer("gateway: database", database::objection);
    }

    private static boolean select(AgroalDataSource source) throws Exception {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        }
    }

    private static HealthCheckResponse answer(String name, Question question) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name);
        try {
            @Nullable String objection = question.objection();
            return objection == null
                    ? response.up().build()
                    : response.down().withData("error", objection).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return response.down().build();
        }
    }
}
