package io.jarvix.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// What an operator watches of the ledger, as `jarvix_gateway_...`. The gauges are read from the
/// database's counters every few seconds and not when they are asked for, so that a scrape costs
/// nothing and works while the database is away. Every replica shows the same: take their maximum.
@Singleton
final class GatewayMetrics {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final List<RunState> OPEN =
            List.of(RunState.ACCEPTED, RunState.RUNNING, RunState.REPORTING);

    private static final String OPEN_RUNS =
            """
            SELECT id, state, scored + failed + blocked + expired + cancelled AS ended
            FROM run WHERE state IN ('ACCEPTED', 'RUNNING', 'REPORTING')""";

    private static final String ALL_LINES =
            Arrays.stream(LineState.values())
                    .map(state -> "coalesce(sum(" + state.column() + "), 0)")
                    .collect(Collectors.joining(", ", "SELECT ", " FROM run"));

    private final Transactions transactions;
    private final Clock clock = Clock.systemUTC();
    private final Stall stall = new Stall();
    private final Map<RunState, AtomicLong> runs = new EnumMap<>(RunState.class);
    private final Map<LineState, AtomicLong> lines = new EnumMap<>(LineState.class);
    private final AtomicLong stalledSeconds = new AtomicLong();
    private final Counter deadLetters;
    private final Loop measuring = new Loop("gateway-metrics", EVERY, Duration.ZERO, this::measure);

    GatewayMetrics(Transactions transactions, MeterRegistry registry) {
        this.transactions = transactions;
        OPEN.forEach(state -> runs.put(state, gauge(registry, "jarvix.gateway.runs", state)));
        for (LineState state : LineState.values()) {
            lines.put(state, gauge(registry, "jarvix.gateway.lines", state));
        }
        Gauge.builder("jarvix.gateway.stalled.seconds", stalledSeconds, AtomicLong::get)
                .description("Longest time since a line of an open run came to its end")
                .register(registry);
        deadLetters =
                Counter.builder("jarvix.gateway.dead.letters")
                        .description("Scores and reports that could not be read")
                        .register(registry);
    }

    void start(@Observes StartupEvent event) {
        measuring.start();
    }

    void stop(@Observes ShutdownEvent event) {
        measuring.close();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    private static AtomicLong gauge(MeterRegistry registry, String name, Enum<?> state) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::get)
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
        return value;
    }

    private boolean measure() throws Exception {
        transactions.run(
                connection -> {
                    measureRuns(connection);
                    measureLines(connection);
                    return true;
                });
        return false;
    }

    private void measureRuns(Connection connection) throws SQLException {
        Map<RunState, Long> open = new EnumMap<>(RunState.class);
        Map<UUID, Long> ended = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(OPEN_RUNS)) {
            while (rows.next()) {
                RunState state = RunState.valueOf(rows.getString(2));
                open.merge(state, 1L, Long::sum);
                if (state != RunState.REPORTING) {
                    ended.put(rows.getObject(1, UUID.class), rows.getLong(3));
                }
            }
        }
        runs.forEach((state, value) -> value.set(open.getOrDefault(state, 0L)));
        stalledSeconds.set(stall.observe(ended, clock.instant()).toSeconds());
    }

    private void measureLines(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL_LINES)) {
            row.next();
            int column = 0;
            for (AtomicLong gauge : lines.values()) {
                gauge.set(row.getLong(++column));
            }
        }
    }
}
