package io.jarvix.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Takes a submission into the ledger, in one transaction: a submission that is refused or breaks
// off leaves nothing.
final class Intake {

    private final Transactions transactions;
    private final GatewayConfig.Limits limits;
    private final Clock clock;
    private final SeedReader reader;
    private final Semaphore permits;

    Intake(Transactions transactions, GatewayConfig.Limits limits, Clock clock) {
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
        this.reader = new SeedReader(limits);
        this.permits = new Semaphore(limits.concurrentSubmissions());
    }

    /// Reads the body into the sink and says what it told beside the seeds.
    private interface Body {
        SeedReader.Head read(SeedReader.Sink sink) throws IOException, SQLException;
    }

    UUID submitJson(InputStream body, @Nullable UUID owner) throws Exception {
        return submit(sink -> reader.readJson(body, sink), owner);
    }

    UUID submitText(InputStream body, SeedReader.Head head, @Nullable UUID owner) throws Exception {
        return submit(
                sink -> {
                    reader.readText(body, sink);
                    return head;
                },
                owner);
    }

    private UUID submit(Body body, @Nullable UUID owner) throws Exception {
        if (!permits.tryAcquire()) {
            throw new Problem(
                            429,
                            "too-many-submissions",
                            "Too many submissions at once",
                            "At most "
                                    + limits.concurrentSubmissions()
                                    + " submissions are read at once: try again.")
                    .with("limit", limits.concurrentSubmissions())
                    .retryAfter(2);
        }
        try {
            return transactions.run(connection -> write(connection, body, owner));
        } finally {
            permits.release();
        }
    }

    private UUID write(Connection connection, Body body, @Nullable UUID owner)
            throws IOException, SQLException {
        Instant now = clock.instant();
        UUID run = RunId.at(now);
        insert(connection, run, owner, now);
        SubmittedLines lines = new SubmittedLines(connection, run);
        boolean finished = false;
        try {
            SeedReader.Head head = body.read(lines);
            lines.finish();
            complete(connection, run, head, now);
            finished = true;
            return run;
        } finally {
            if (!finished) {
                lines.abort();
            }
        }
    }

    private static void insert(Connection connection, UUID run, @Nullable UUID owner, Instant now)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        INSERT INTO run (id, name, owner, state, fetch_options, language, submitted_at, deadline_at)
                        VALUES (?, '', ?, 'ACCEPTED', '', '', ?, ?)""")) {
            statement.setObject(1, run);
            statement.setObject(2, owner);
            statement.setTimestamp(3, Timestamp.from(now));
            statement.setTimestamp(4, Timestamp.from(now));
            statement.executeUpdate();
        }
    }

    /// The run's head, known at the end only; a run without a line to fetch goes straight to its
    // report.
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
                        WHERE id = ?""")) {
            statement.setString(1, head.name().isEmpty() ? "run " + run : head.name());
            statement.setString(2, head.options().fetchOptions());
            statement.setString(3, head.options().languageOrDefault());
            statement.setTimestamp(4, Timestamp.from(now.plus(deadline)));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setObject(6, run);
            statement.executeUpdate();
        }
    }
}
