package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import java.io.SequenceInputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The cost of a large run does not depend on its size: no step of dispatch or results reads the
// ledger from end to
/// end, from the first step on a table that was never analysed to the last.
class LargeRunTest {

    private static final int LINES = 20_000;

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final SetClock clock = new SetClock();
    private final GatewayConfig config = Configs.gateway(Map.of());
    private final List<UrlTask> published = new ArrayList<>();

    @Test
    void aLargeRunIsDispatchedAndFinishedWithoutReadingTheLedgerFromEndToEnd() throws Exception {
        Intake intake = new Intake(database.transactions, config.limits(), clock);
        UUID run =
                intake.submitText(
                                new SequenceInputStream(
                                        new SeedLines(LINES, 300), new SeedLines(LINES, 300)),
                                new SeedReader.Head("large", RunOptions.NONE),
                                new Intake.Sender(null, null))
                        .run();
        Dispatcher dispatcher =
                new Dispatcher(
                        database.transactions,
                        this::publish,
                        clock,
                        config.dispatch(),
                        new HostPace(16, 400, Duration.ofSeconds(4)));
        ResultLedger results = new ResultLedger();
        assertThat(database.runColumn(run, "duplicate")).isEqualTo(Integer.toString(LINES));
        long rowsReadBefore = rowsReadInSequence();
        for (int done = 0; done < LINES; ) {
            dispatcher.dispatch();
            List<PageScore> batch =
                    published.subList(0, Math.min(60, published.size())).stream()
                            .map(Pages::of)
                            .toList();
            published.subList(0, batch.size()).clear();
            assertThat(batch).isNotEmpty();
            database.transactions.run(
                    connection -> results.apply(connection, batch, clock.instant()));
            done += batch.size();
        }

        assertThat(database.runColumn(run, "state")).isEqualTo("REPORTING");
        assertThat(rowsReadInSequence() - rowsReadBefore).isLessThan(LINES);
    }

    private void publish(List<Dispatcher.Task> tasks) throws Exception {
        for (Dispatcher.Task task : tasks) {
            published.add(Wire.read(task.message(), UrlTask.class));
        }
    }

    /// Rows that full scans of the ledger have read; a connection reports at the latest when it
    // ends.
    private long rowsReadInSequence() throws SQLException {
        database.source.flush(AgroalDataSource.FlushMode.IDLE);
        await().until(
                        () ->
                                number(
                                                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
                                        == 1);
        return number("SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'ledger'");
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
