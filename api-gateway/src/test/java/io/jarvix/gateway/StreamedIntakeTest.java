package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamedIntakeTest {

    private static final int LINES = 20_000;
    private static final int BYTES_BEFORE_PAUSE = 500_000;

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final Intake intake =
            new Intake(database.transactions, Configs.gateway(Map.of()).limits(), new SetClock());

    @Test
    void linesAreInTheDatabaseWhileTheListIsStillBeingSent() throws Exception {
        PausingLines list = new PausingLines(new SeedLines(LINES, 50), BYTES_BEFORE_PAUSE);
        CompletableFuture<UUID> run = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> submit(intake, list, run));
        list.awaitPause();

        await().atMost(Duration.ofSeconds(20)).until(() -> linesWritten() > 5_000);
        list.goOn();

        assertThat(database.states(run.get(1, TimeUnit.MINUTES))).hasSize(LINES);
    }

    @Test
    void aDatabaseThatGoesAwayMeanwhileIsTheReasonThatIsTold() throws Exception {
        PausingLines list = new PausingLines(new SeedLines(LINES, 50), BYTES_BEFORE_PAUSE);
        CompletableFuture<UUID> run = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> submit(intake, list, run));
        list.awaitPause();
        await().atMost(Duration.ofSeconds(20)).until(() -> linesWritten() > 0);

        assertThat(number("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_progress_copy"))
                .isEqualTo(1);
        list.goOn();

        assertThatThrownBy(() -> run.get(1, TimeUnit.MINUTES))
                .satisfies(failure -> assertThat(DatabaseAway.isWhy(failure)).isTrue());
        assertThat(number("SELECT count(*) FROM run")).isZero();
    }

    /// The pool of these tests does not notice by itself that a connection is gone.
    @AfterEach
    void forgetBrokenConnections() {
        database.source.flush(AgroalDataSource.FlushMode.IDLE);
    }

    private static void submit(Intake intake, PausingLines list, CompletableFuture<UUID> run) {
        try {
            run.complete(
                    intake.submitText(
                                    list,
                                    new SeedReader.Head("streamed", RunOptions.NONE),
                                    new Intake.Sender(null, null))
                            .run());
        } catch (Exception e) {
            run.completeExceptionally(e);
        }
    }

    /// Rows that a copy under way has written.
    private long linesWritten() throws SQLException {
        return number("SELECT coalesce(max(tuples_processed), 0) FROM pg_stat_progress_copy");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = database.source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
