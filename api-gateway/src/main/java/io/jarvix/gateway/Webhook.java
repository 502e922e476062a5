package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who is told of a run's end, and how far that is.
@Entity
@Table(name = "webhook")
@SuppressWarnings("NullAway.Init")
class Webhook extends PanacheEntityBase {

    /// Where it stands.
    enum State {
        /// The run is not over.
        WAITING,
        /// The event is on its way, perhaps after attempts that failed.
        SENDING,
        DELIVERED,
        /// The last attempt failed too.
        GIVEN_UP,
        /// The target's address is not one that may be called.
        REFUSED
    }

    @Id
    @Column(name = "run_id")
    UUID runId;

    String url;

    /// Absent where nothing is signed, and as soon as there is nothing more to sign.
    @Nullable String secret;

    boolean signed;

    @Enumerated(EnumType.STRING)
    State state;

    @Column(name = "event_id")
    @Nullable UUID eventId;

    int attempts;

    @Column(name = "attempted_at")
    @Nullable Instant attemptedAt;

    @Nullable String error;

    /// What the API tells of it: neither the secret nor the path, which may be one too.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String target,
            boolean signed,
            State state,
            @Nullable UUID eventId,
            int attempts,
            @Nullable Instant attemptedAt,
            @Nullable String error) {}

    static @Nullable Webhook of(UUID run) {
        return Webhook.findById(run);
    }

    static @Nullable View viewOf(UUID run) {
        Webhook webhook = of(run);
        return webhook == null ? null : webhook.view();
    }

    /// As part of the transaction that takes the run.
    static void insert(Connection connection, UUID run, WebhookOptions options)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO webhook (run_id, url, secret, state, signed) VALUES (?, ?, ?,"
                                + " 'WAITING', ?)")) {
            statement.setObject(1, run);
            statement.setString(2, options.url());
            statement.setString(3, options.secret());
            statement.setBoolean(4, options.secret() != null);
            statement.executeUpdate();
        }
    }

    /// There is nothing more to send.
    void end(State as, @Nullable String why) {
        state = as;
        error = why;
        secret = null;
    }

    private View view() {
        URI target = URI.create(url);
        return new View(
                target.getScheme() + "://" + target.getRawAuthority(),
                signed,
                state,
                eventId,
                attempts,
                attemptedAt,
                error);
    }
}
