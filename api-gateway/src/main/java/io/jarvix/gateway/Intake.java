package io.jarvix.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Takes a submission into the ledger, in one transaction: a submission that is refused or breaks
/// off leaves nothing.
final class Intake {

    private final Transactions transactions;
    private final GatewayConfig.Limits limits;
    private final Clock clock;
    private final SeedReader reader;
    private final SubmissionPermits permits;

    Intake(Transactions transactions, GatewayConfig.Limits limits, Clock clock) {
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
        this.reader = new SeedReader(limits);
        this.permits =
                new SubmissionPermits(
                        limits.concurrentSubmissions(), limits.concurrentSubmissionsPerCaller());
    }

    /// Reads the body into the sink and says what it told beside the seeds.
    private interface Body {
        SeedReader.Head read(SeedReader.Sink sink) throws IOException, SQLException;
    }

    /// Who submits, and under which key.
    ///
    /// @param idempotencyKey a second submission with this key is the first one, where it asks for
    ///     the same
    record Sender(@Nullable UUID owner, @Nullable String idempotencyKey) {}

    /// @param replayed whether it is an earlier submission with the same key
    record Taken(UUID run, boolean replayed) {}

    Taken submitJson(InputStream body, Sender sender) throws Exception {
        DigestInputStream digest = digest(body);
        return submit(sink -> reader.readJson(digest, sink), digest, sender);
    }

    Taken submitText(InputStream body, SeedReader.Head head, Sender sender) throws Exception {
        DigestInputStream digest = digest(body);
        digest.getMessageDigest().update(head.toString().getBytes(StandardCharsets.UTF_8));
        return submit(
                sink -> {
                    reader.readText(digest, sink);
                    return head;
                },
                digest,
                sender);
    }

    private DigestInputStream digest(InputStream body) throws NoSuchAlgorithmException {
        return new DigestInputStream(
                new BoundedBody(body, limits.bodyBytes()), MessageDigest.getInstance("SHA-256"));
    }

    /// How many submissions are being read now.
    int submissionsBeingRead() {
        return permits.held();
    }

    private Taken submit(Body body, DigestInputStream digest, Sender sender) throws Exception {
        try (SubmissionPermits.Permit _ = permits.take(sender.owner())) {
            return transactions.run(connection -> write(connection, body, digest, sender));
        }
    }

    private Taken write(Connection connection, Body body, DigestInputStream digest, Sender sender)
            throws IOException, SQLException {
        Instant now = clock.instant();
        UUID run = RunId.at(now);
        if (!insert(connection, run, sender, now)) {
            return replay(connection, digest, sender);
        }
        checkOpenRuns(connection, sender.owner());
        SubmittedLines lines = new SubmittedLines(connection, run);
        boolean finished = false;
        try {
            SeedReader.Head head = body.read(lines);
            lines.finish();
            complete(connection, run, head, now);
            seal(connection, run, digest);
            finished = true;
            return new Taken(run, false);
        } finally {
            if (!finished) {
                lines.abort();
            }
        }
    }

    /// @return false where there is a run of the same owner and key; one that is being written is
    ///     waited for
    private static boolean insert(Connection connection, UUID run, Sender sender, Instant now)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        INSERT INTO run (id, name, owner, state, fetch_options, language, submitted_at, deadline_at,
                            idempotency_key)
                        VALUES (?, '', ?, 'ACCEPTED', '', '', ?, ?, ?) ON CONFLICT DO NOTHING\
                        """)) {
            statement.setObject(1, run);
            statement.setObject(2, sender.owner());
            statement.setTimestamp(3, Timestamp.from(now));
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setString(5, sender.idempotencyKey());
            return statement.executeUpdate() == 1;
        }
    }

    private static Taken replay(Connection connection, DigestInputStream digest, Sender sender)
            throws IOException, SQLException {
        digest.transferTo(OutputStream.nullOutputStream());
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "SELECT id, body_sha256 FROM run WHERE idempotency_key = ? AND owner IS NOT"
                                + " DISTINCT FROM ?")) {
            statement.setString(1, sender.idempotencyKey());
            statement.setObject(2, sender.owner(), Types.OTHER);
            try (ResultSet rows = statement.executeQuery()) {
                if (rows.next() && hex(digest).equals(rows.getString(2))) {
                    return new Taken(rows.getObject(1, UUID.class), true);
                }
            }
        }
        throw new Problem(
                422,
                "idempotency-key-reused",
                "The Idempotency-Key was used for another body",
                "The key names an earlier submission with another body: send a new key with a new"
                        + " submission.");
    }

    /// Part of the transaction that has just inserted a run of this owner.
    ///
    /// @throws Problem 429 where the owner has too many runs with it
    void checkOpenRuns(Connection connection, @Nullable UUID owner) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT count(*) FROM run
                        WHERE state IN ('ACCEPTED', 'RUNNING') AND owner IS NOT DISTINCT FROM ?\
                        """)) {
            statement.setObject(1, owner, Types.OTHER);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                if (rows.getInt(1) > limits.openRuns()) {
                    throw new Problem(
                                    429,
                                    "too-many-runs",
                                    "Too many runs at once",
                                    "A caller has at most "
                                            + limits.openRuns()
                                            + " runs that are not over.")
                            .with("limit", limits.openRuns())
                            .retryAfter(30);
                }
            }
        }
    }

    private static void seal(Connection connection, UUID run, DigestInputStream digest)
            throws IOException, SQLException {
        digest.transferTo(OutputStream.nullOutputStream());
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE run SET body_sha256 = ? WHERE id = ?")) {
            statement.setString(1, hex(digest));
            statement.setObject(2, run);
            statement.executeUpdate();
        }
    }

    private static String hex(DigestInputStream digest) {
        return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    }

    /// The run's head, known at the end only; a run without a line to fetch goes straight to its
    /// report.
    private void complete(Connection connection, UUID run, SeedReader.Head head, Instant now)
            throws SQLException {
        Duration asked = head.options().deadline();
        Duration deadline =
                asked == null || asked.compareTo(limits.runDeadline()) > 0
                        ? limits.runDeadline()
                        : asked;
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        UPDATE run SET name = ?, fetch_options = ?, language = ?, deadline_at = ?,
                            state = CASE WHEN pending = 0 THEN 'REPORTING' ELSE 'ACCEPTED' END,
                            end_state = CASE WHEN pending = 0 THEN 'COMPLETED' END,
                            closed_at = CASE WHEN pending = 0 THEN ?::timestamptz END
                        WHERE id = ?\
                        """)) {
            statement.setString(1, head.name().isEmpty() ? "run " + run : head.name());
            statement.setString(2, head.options().fetchOptions());
            statement.setString(3, head.options().languageOrDefault());
            statement.setTimestamp(4, Timestamp.from(now.plus(deadline)));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setObject(6, run);
            statement.executeUpdate();
        }
        WebhookOptions webhook = head.options().webhook();
        if (webhook != null) {
            Webhook.insert(connection, run, webhook);
        }
    }
}
