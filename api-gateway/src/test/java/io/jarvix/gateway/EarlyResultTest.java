package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.Lease;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.UrlTask;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The tasks are published before their dispatch commits, so a result, a cancellation or a deadline
// may come first: it
/// waits for that commit, and then counts.
class EarlyResultTest {

    private static final int LINES = 10;

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final GatewayConfig config = Configs.gateway(Map.of());
    private final Clock clock = Clock.systemUTC();
    private CompletableFuture<?> early = CompletableFuture.completedFuture(null);

    @Test
    void aResultThatArrivesBeforeItsDispatchIsCommittedIsNotLost() throws Exception {
        UUID run = submit();

        dispatchAndMeanwhile(
                connection -> new ResultLedger().apply(connection, results(run), clock.instant()));

        assertThat(database.states(run).values()).containsOnly(LineState.SCORED);
        assertThat(database.runColumn(run, "scored")).isEqualTo("10");
        assertThat(database.runColumn(run, "state")).isEqualTo("REPORTING");
    }

    @Test
    void aRunThatIsCancelledBeforeItsDispatchIsCommittedIsCancelled() throws Exception {
        UUID run = submit();

        dispatchAndMeanwhile(
                connection ->
                        new LedgerSweep(3)
                                .end(connection, run, RunState.CANCELLED, clock.instant()));

        assertThat(database.states(run).values()).containsOnly(LineState.CANCELLED);
        assertThat(database.runColumn(run, "end_state")).isEqualTo("CANCELLED");
    }

    private UUID submit() throws Exception {
        Intake intake = new Intake(database.transactions, config.limits(), clock);
        return intake.submitText(
                        new SeedLines(LINES, 1),
                        new SeedReader.Head("run", RunOptions.NONE),
                        new Intake.Sender(null, null))
                .run();
    }

    private List<PageScore> results(UUID run) {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(
                        ordinal ->
                                Pages.of(
                                        new UrlTask(
                                                run,
                                                ordinal,
                                                "https://a.example/" + ordinal,
                                                "0",
                                                new Lease(1, clock.instant()),
                                                FetchOptions.NONE)))
                .toList();
    }

    private void dispatchAndMeanwhile(Transactions.Work<?> work) throws Exception {
        Dispatcher dispatcher =
                new Dispatcher(
                        database.transactions,
                        tasks -> {
                            early = CompletableFuture.runAsync(() -> run(work));
                            await().until(this::someoneWaitsForALock);
                        },
                        clock,
                        config.dispatch(),
                        new HostPace(16, 400, Duration.ofSeconds(4)));
        assertThat(dispatcher.dispatch()).isEqualTo(LINES);
        early.join();
    }

    private void run(Transactions.Work<?> work) {
        try {
            database.transactions.run(work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean someoneWaitsForALock() throws SQLException {
        try (Connection connection = database.source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }
}
