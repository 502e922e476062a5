package io.jarvix.gateway;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Runs of a series in a database, submitted and scored as the gateway does it.
final class SeriesLedger {

    private final LedgerDatabase database;
    private final SetClock clock = new SetClock();
    private final GatewayConfig config = Configs.gateway(Map.of());

    SeriesLedger(LedgerDatabase database) {
        this.database = database;
    }

    /// A run with no open line.
    ///
    /// @param results by URL; without a value the URL failed
    UUID run(String name, @Nullable UUID owner, Map<String, @Nullable Double> results)
            throws Exception {
        List<String> urls = List.copyOf(results.keySet());
        return run(
                name,
                owner,
                urls,
                ordinal -> {
                    String url = urls.get(ordinal - 1);
                    Double value = results.get(url);
                    return value == null
                            ? new Failed(FailureKind.TIMEOUT, "No answer.")
                            : Pages.scored(value, "Title of " + url);
                });
    }

    /// A run with no open line.
    ///
    /// @param results by ordinal
    UUID run(String name, @Nullable UUID owner, List<String> urls, IntFunction<PageResult> results)
            throws Exception {
        UUID run = open(name, owner, urls);
        List<PageScore> scores = new ArrayList<>();
        for (String url : urls) {
            int ordinal = scores.size() + 1;
            scores.add(score(run, ordinal, url, results.apply(ordinal)));
        }
        database.transactions.run(
                connection -> new ResultLedger().apply(connection, scores, clock.instant()));
        return run;
    }

    /// A run with open lines only.
    UUID open(String name, @Nullable UUID owner, List<String> urls) throws Exception {
        clock.advance(Duration.ofMinutes(1));
        return new Intake(database.transactions, config.limits(), clock)
                .submitText(
                        new ByteArrayInputStream(
                                String.join("\n", urls).getBytes(StandardCharsets.UTF_8)),
                        new SeedReader.Head(name, RunOptions.NONE),
                        new Intake.Sender(owner, null))
                .run();
    }

    /// A retry of what failed.
    UUID retryOf(UUID run) throws Exception {
        clock.advance(Duration.ofMinutes(1));
        return database.transactions
                .run(connection -> RunCopy.retry(connection, run, clock.instant()))
                .orElseThrow();
    }

    /// A run of so many scored lines, without documents: item `i` has the score that the expression
    /// over `i` gives.
    UUID large(String name, int lines, String score) throws SQLException {
        clock.advance(Duration.ofMinutes(1));
        UUID run = RunId.at(clock.instant());
        try (Connection connection = database.source.getConnection()) {
            execute(
                    connection,
                    """
                    INSERT INTO run (id, name, state, end_state, fetch_options, language, submitted_at, deadline_at,
                        closed_at, submitted, scored)
                    VALUES (?, ?, 'COMPLETED', 'COMPLETED', '{}', 'en', now(), now(), now(), ?, ?)""",
                    run,
                    name,
                    lines,
                    lines);
            execute(
                    connection,
                    """
                    INSERT INTO ledger (run_id, ordinal, state, url, url_id, host, value, action)
                    SELECT ?, i, 'SCORED', 'https://shop.example/' || i, md5(i::text), 'shop.example', %s, 'SKIP'
                    FROM generate_series(1, ?) AS i"""
                            .formatted(score),
                    run,
                    lines);
            execute(connection, "ANALYZE ledger");
        }
        return run;
    }

    private static void execute(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static PageScore score(UUID run, int ordinal, String url, PageResult result) {
        CanonicalUrl canonical = (CanonicalUrl) CanonicalUrl.parse(url);
        return new PageScore(
                run,
                ordinal,
                1,
                canonical.url(),
                canonical.urlId(),
                Pages.fetched(canonical.url(), ordinal % 7 == 0 ? null : 200),
                result);
    }
}
