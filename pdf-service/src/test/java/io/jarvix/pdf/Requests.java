package io.jarvix.pdf;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportRequest.Change;
import io.jarvix.contracts.ReportRequest.Count;
import io.jarvix.contracts.ReportRequest.Coverage;
import io.jarvix.contracts.ReportRequest.HostRow;
import io.jarvix.contracts.ReportRequest.RankedPage;
import io.jarvix.contracts.ReportRequest.ScoredUrl;
import io.jarvix.contracts.ReportRequest.Statistics;
import io.jarvix.contracts.ReportRequest.Trend;
import io.jarvix.contracts.RunEnd;
import io.jarvix.contracts.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Report requests of every shape that the tests print.
final class Requests {

    static final UUID RUN = UUID.fromString("01932f6e-7b1a-7c3e-9d55-0a1b2c3d4e5f");
    static final UUID REQUEST = UUID.fromString("01932f6e-8000-7000-8000-000000000001");
    static final Instant AT = Instant.parse("2026-11-23T14:00:00.125Z");

    private static final List<String> TITLES =
            List.of(
                    "Lighting for workshops and garages – Lumen & Co.",
                    "Request a quote for industrial LED panels",
                    "Lámparas de pie: catálogo de otoño",
                    "Compare plans and pricing",
                    "Über uns – Leuchtenmanufaktur Köln",
                    "Outdoor lanterns, solar and wired");

    private Requests() {}

    static ReportRequest ofTen(String language) {
        return of(10, language);
    }

    /// A completed run of so many URLs, of which one in ten failed and one in twenty was blocked.
    static ReportRequest of(int urls, String language) {
        int invalid = urls / 50;
        int duplicate = urls / 40;
        int failed = urls / 10;
        int blocked = urls / 20;
        int scored = urls - invalid - duplicate - failed - blocked;
        return builder("Lighting suppliers, autumn", language)
                .coverage(new Coverage(urls, invalid, duplicate, scored, failed, blocked, 0, 0, 0))
                .scored(scored, Requests::title)
                .build();
    }

    static String title(int i) {
        return TITLES.get(i % TITLES.size());
    }

    /// Every page of the top list and the appendix has this title.
    static ReportRequest titled(String title) {
        return builder(title, "en")
                .coverage(new Coverage(3, 0, 0, 3, 0, 0, 0, 0, 0))
                .scored(3, i -> title)
                .build();
    }

    static Builder builder(String name, String language) {
        return new Builder(name, language);
    }

    static Score score(double value, int i) {
        Action action = value > 75 ? Action.BUY : value > 50 ? Action.MONITOR : Action.SKIP;
        return new Score(
                value,
                "2026.1",
                List.of(
                        new Score.ScoreTerm("quality", 95, 0.4, 38),
                        new Score.ScoreTerm("buy", 1, 30, 30),
                        new Score.ScoreTerm("depth", 62.5, 0.2, 12.5),
                        new Score.ScoreTerm("errors", 1, -5, -5)),
                List.of(
                        new Score.Deduction(
                                "description-missing", 5, "The page has no meta description.")),
                i % 3 == 0
                        ? List.of(new Score.Defect("truncated", "The page was cut at 5 MiB."))
                        : List.of(),
                List.of(
                        new Score.Evidence(
                                "buy",
                                "request a quote",
                                "en",
                                431,
                                "… lead times of two weeks, request a quote and save 10 % …")),
                action,
                action == Action.BUY ? 0.95 : action == Action.MONITOR ? 0.70 : 0.85,
                "Buying intent was found on a page of good quality.",
                "Contact the seller this week.",
                action == Action.BUY ? 0 : 75.1 - value);
    }

    static final class Builder {

        private final String name;
        private final String language;
        private RunEnd end = RunEnd.COMPLETED;
        private Coverage coverage = new Coverage(0, 0, 0, 0, 0, 0, 0, 0, 0);
        private List<Count> failures = List.of();
        private List<Count> blocks = List.of();
        private List<Count> actions = List.of();
        private @Nullable Statistics statistics;
        private List<Integer> histogram = List.of();
        private List<RankedPage> top = List.of();
        private List<HostRow> hosts = List.of();
        private int hostsTotal;
        private @Nullable Trend trend;
        private List<ScoredUrl> appendix = List.of();
        private int appendixTotal;
        private List<Count> rules = List.of();

        private Builder(String name, String language) {
            this.name = name;
            this.language = language;
        }

        Builder end(RunEnd end) {
            this.end = end;
            return this;
        }

        Builder coverage(Coverage coverage) {
            this.coverage = coverage;
            failures = counts(coverage.failed(), "TIMEOUT", "DNS", "HTTP_CLIENT_ERROR");
            blocks = counts(coverage.blocked(), "ROBOTS", "PATH");
            return this;
        }

        Builder trend() {
            trend =
                    new Trend(
                            UUID.fromString("01931000-0000-7000-8000-000000000002"),
                            AT.minusSeconds(7 * 86_400),
                            12,
                            3,
                            4,
                            2,
                            61,
                            39.5,
                            List.of(
                                    new Change(url(1), 50.5, 76.5),
                                    new Change(url(2), 71.0, 48.2),
                                    new Change(url(3), null, 66.6),
                                    new Change(url(4), 41.0, null)));
            return this;
        }

        /// So many scored pages, and all that follows from them.
        Builder scored(int scored, IntFunction<String> titles) {
            appendix =
                    IntStream.range(0, Math.min(scored, 1_000))
                            .mapToObj(
                                    i -> {
                                        double value = value(i, scored);
                                        return new ScoredUrl(
                                                i * 7 % Math.max(scored, 1) + 1,
                                                url(i),
                                                titles.apply(i),
                                                value,
                                                score(value, i).action());
                                    })
                            .toList();
            appendixTotal = scored;
            top =
                    IntStream.range(0, Math.min(scored, 10))
                            .mapToObj(
                                    i ->
                                            new RankedPage(
                                                    i + 1,
                                                    i * 7 + 1,
                                                    url(i),
                                                    titles.apply(i),
                                                    i % 2 == 0 ? "en" : "es",
                                                    i % 3 == 0 ? List.of("Shopify") : List.of(),
                                                    score(value(i, scored), i)))
                            .toList();
            Integer[] bins = new Integer[ReportRequest.HISTOGRAM_BINS];
            java.util.Arrays.fill(bins, 0);
            int[] perAction = new int[Action.values().length];
            double sum = 0;
            for (int i = 0; i < scored; i++) {
                double value = value(i, scored);
                sum += value;
                bins[Math.min(9, (int) (value / 10))]++;
                perAction[score(value, i).action().ordinal()]++;
            }
            histogram = List.of(bins);
            actions = new ArrayList<>();
            for (Action action : Action.values()) {
                actions.add(new Count(action.name(), perAction[action.ordinal()]));
            }
            statistics =
                    scored == 0
                            ? null
                            : new Statistics(
                                    sum / scored,
                                    value(scored / 2, scored),
                                    value(scored - 1, scored),
                                    value(0, scored),
                                    44_000L * scored,
                                    120);
            hosts =
                    IntStream.range(0, Math.min(20, scored))
                            .mapToObj(
                                    i ->
                                            new HostRow(
                                                    "shop-" + i + ".example",
                                                    40 - i,
                                                    30 - i,
                                                    6,
                                                    4,
                                                    i == 19 ? null : 60.0 - i))
                            .toList();
            hostsTotal = Math.max(hosts.size(), scored / 25);
            rules = List.of(new Count("2026.1", scored));
            return this;
        }

        ReportRequest build() {
            Map<String, String> versions = new LinkedHashMap<>();
            versions.put("jarvix", "1.0.0");
            versions.put("rules", "2026.1");
            return new ReportRequest(
                    RUN,
                    REQUEST,
                    name,
                    language,
                    end,
                    AT,
                    AT.plusSeconds(90),
                    coverage,
                    failures,
                    blocks,
                    actions,
                    statistics,
                    histogram,
                    top,
                    hosts,
                    hostsTotal,
                    trend,
                    appendix,
                    appendixTotal,
                    rules,
                    versions);
        }

        private static List<Count> counts(int whole, String... names) {
            List<Count> counts = new ArrayList<>();
            int left = whole;
            for (int i = 0; i < names.length && left > 0; i++) {
                int part = i + 1 == names.length ? left : (left + 1) / 2;
                counts.add(new Count(names[i], part));
                left -= part;
            }
            return counts;
        }

        private static String url(int i) {
            return "https://shop-" + i % 20 + ".example/lighting/products/item-" + i + "?page=2";
        }

        private static double value(int i, int scored) {
            return Math.rint(9_300.0 * (scored - i) / (scored + 1)) / 100;
        }
    }
}
