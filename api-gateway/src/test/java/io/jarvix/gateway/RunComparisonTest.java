package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.RunEnd;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

    private static final UUID OWNER = UUID.fromString("01931000-0000-7000-8000-000000000009");

    private final LedgerDatabase database = LedgerDatabase.empty();
    private final SeriesLedger series = new SeriesLedger(database);

    @Test
    void theRunBeforeIsTheLastOneOfTheSameNameAndOwnerThatIsOverAndNoRetry() throws Exception {
        UUID first = series.run("shops", OWNER, urls("https://a.example/", 50.0));
        series.run("shops", null, urls("https://a.example/", 50.0));
        series.run("others", OWNER, urls("https://a.example/", 50.0));
        UUID second =
                series.run(
                        "shops",
                        OWNER,
                        urls("https://a.example/", 50.0, "https://b.example/", null));
        UUID retry = series.retryOf(second);
        UUID open = series.open("shops", OWNER, List.of("https://a.example/"));
        UUID last = series.run("shops", OWNER, urls("https://a.example/", 50.0));

        try (Connection connection = database.source.getConnection()) {
            assertThat(RunComparison.previousOf(connection, first)).isEmpty();
            assertThat(RunComparison.previousOf(connection, second)).contains(first);
            assertThat(RunComparison.previousOf(connection, retry)).isEmpty();
            assertThat(RunComparison.previousOf(connection, open)).contains(second);
            assertThat(RunComparison.previousOf(connection, last)).contains(second);
        }
    }

    @Test
    void aChangeIsMoreThanTenPercentOfTheOlderScoreToTheLastThousandth() throws Exception {
        Map<String, @Nullable Double> before = new LinkedHashMap<>();
        Map<String, @Nullable Double> now = new LinkedHashMap<>();
        Map<String, RunComparison.Change> expected = new LinkedHashMap<>();
        for (String old : List.of("0", "0.001", "0.01", "3", "5.83", "36.828", "58", "70", "100")) {
            BigDecimal then = new BigDecimal(old);
            for (String factor : List.of("0", "0.9", "1", "1.1")) {
                for (String step : List.of("-0.001", "0", "0.001")) {
                    BigDecimal today =
                            then.multiply(new BigDecimal(factor))
                                    .setScale(3, RoundingMode.HALF_EVEN)
                                    .add(new BigDecimal(step));
                    if (today.signum() < 0 || today.compareTo(new BigDecimal(100)) > 0) {
                        continue;
                    }
                    String url = "https://edge.example/" + expected.size();
                    before.put(url, then.doubleValue());
                    now.put(url, today.doubleValue());
                    expected.put(url, changeOf(then, today));
                }
            }
        }
        series.run("edges", null, before);
        UUID run = series.run("edges", null, now);

        try (Connection connection = database.source.getConnection()) {
            RunComparison comparison = compared(connection, run);
            Map<String, RunComparison.Change> found = new LinkedHashMap<>();
            List<String> order = List.copyOf(expected.keySet());
            for (RunComparison.Item item : comparison.items(List.of(), null, 1_000)) {
                found.put(
                        order.get(java.util.Objects.requireNonNull(item.now()) - 1), item.change());
            }
            assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
            assertThat(found.values())
                    .contains(
                            RunComparison.Change.IMPROVED,
                            RunComparison.Change.DECLINED,
                            RunComparison.Change.STABLE);
        }
    }

    /// The rule once more, in decimal numbers.
    private static RunComparison.Change changeOf(BigDecimal then, BigDecimal today) {
        if (today.compareTo(then.multiply(new BigDecimal("1.1"))) > 0) {
            return RunComparison.Change.IMPROVED;
        }
        return today.compareTo(then.multiply(new BigDecimal("0.9"))) < 0
                ? RunComparison.Change.DECLINED
                : RunComparison.Change.STABLE;
    }

    @Test
    void thePagesTogetherHoldEachUrlOnceChangedOnesFirstAndTheCountsAddUp() throws Exception {
        UUID before = series.large("pages", 300, "(i * 37 % 101)");
        UUID now = series.large("pages", 290, "(i * 53 % 101)");
        try (Connection connection = database.source.getConnection();
                java.sql.Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE ledger SET url_id = md5('n' || ordinal) WHERE ordinal <= 20 AND run_id = '"
                            + now
                            + "'");
            RunComparison comparison = new RunComparison(connection, now, before);

            List<RunComparison.Item> all = comparison.items(List.of(), null, 1_000);
            assertThat(pages(comparison, List.of(), 7)).isEqualTo(all);
            assertThat(all).hasSize(320).doesNotHaveDuplicates();
            assertThat(all)
                    .isSortedAccordingTo(
                            java.util.Comparator.comparingInt(RunComparison.Item::rank)
                                    .thenComparing(
                                            java.util.Comparator.comparingLong(
                                                            RunComparison.Item::size)
                                                    .reversed())
                                    .thenComparing(RunComparison.Item::urlId));
            assertThat(comparison.counts())
                    .containsEntry(RunComparison.Change.NEW, 20)
                    .containsEntry(RunComparison.Change.GONE, 30);
            assertThat(comparison.counts().values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(320);
            assertThat(pages(comparison, List.of(RunComparison.Change.GONE), 7))
                    .hasSize(30)
                    .allMatch(item -> item.now() == null && item.before() != null);
        }
    }

    /// What the gateway's process allocates for a page is what the page holds.
    @Test
    void aPageOfTwoRunsOfAHundredThousandLinesCostsTheMemoryOfThePage() throws Exception {
        UUID before = series.large("large", 100_000, "(i * 37 % 101)");
        UUID now = series.large("large", 100_000, "(i * 53 % 101)");
        try (Connection connection = database.source.getConnection()) {
            RunComparison comparison = new RunComparison(connection, now, before);
            assertThat(comparison.counts().values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(100_000);
            List<RunComparison.Item> first = comparison.items(List.of(), null, 1_000);

            long allocatedBefore = allocated();
            List<RunComparison.Item> second =
                    comparison.items(List.of(), first.getLast().cursor().encode(), 1_000);

            assertThat(allocated() - allocatedBefore).isLessThan(4 * 1024 * 1024);
            assertThat(second).hasSize(1_000).doesNotContainAnyElementsOf(first);
        }
    }

    @Test
    void theReportOfTheSecondRunOfASeriesSaysWhatChanged() throws Exception {
        UUID first =
                series.run(
                        "weekly",
                        null,
                        urls(
                                "https://a.example/up",
                                40.0,
                                "https://a.example/down",
                                80.0,
                                "https://a.example/gone",
                                99.0,
                                "https://a.example/same",
                                50.0));
        UUID second =
                series.run(
                        "weekly",
                        null,
                        urls(
                                "https://a.example/up",
                                70.5,
                                "https://a.example/down",
                                70.0,
                                "https://a.example/new",
                                60.0,
                                "https://a.example/same",
                                50.0));

        ReportRequest.Trend trend = java.util.Objects.requireNonNull(report(second).trend());
        assertThat(trend.previousRunId()).isEqualTo(first);
        assertThat(trend.meanBefore()).isEqualTo(67.25);
        assertThat(
                        List.of(
                                trend.appeared(),
                                trend.gone(),
                                trend.improved(),
                                trend.declined(),
                                trend.stable()))
                .containsExactly(1, 1, 1, 1, 1);
        assertThat(trend.changes())
                .containsExactly(
                        new ReportRequest.Change("https://a.example/up", 40.0, 70.5),
                        new ReportRequest.Change("https://a.example/down", 80.0, 70.0),
                        new ReportRequest.Change("https://a.example/gone", 99.0, null),
                        new ReportRequest.Change("https://a.example/new", null, 60.0));
        assertThat(report(first).trend()).isNull();
        UUID open = series.open("weekly", null, List.of("https://a.example/up"));
        assertThat(report(open).trend()).as("of a run that goes on").isNull();
    }

    private ReportRequest report(UUID run) throws Exception {
        ReportFigures figures =
                new ReportFigures(Configs.gateway(Map.of()).reports(), Map.of("JARVIX", "test"));
        return database.transactions.run(
                connection ->
                        figures.of(
                                connection,
                                run,
                                RunId.at(Instant.EPOCH),
                                RunEnd.COMPLETED,
                                null,
                                Instant.EPOCH));
    }

    private static List<RunComparison.Item> pages(
            RunComparison comparison, List<RunComparison.Change> only, int limit) throws Exception {
        List<RunComparison.Item> all = new ArrayList<>();
        String cursor = null;
        while (true) {
            List<RunComparison.Item> page = comparison.items(only, cursor, limit);
            all.addAll(page);
            if (page.size() < limit) {
                return all;
            }
            cursor = page.getLast().cursor().encode();
        }
    }

    private static long allocated() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    private static RunComparison compared(Connection connection, UUID run) throws Exception {
        return new RunComparison(
                connection, run, RunComparison.previousOf(connection, run).orElseThrow());
    }

    private static Map<String, @Nullable Double> urls(@Nullable Object... pairs) {
        Map<String, @Nullable Double> urls = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            urls.put((String) Objects.requireNonNull(pairs[i]), (Double) pairs[i + 1]);
        }
        return urls;
    }
}
