package io.jarvix.benchmarks;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.RunEnd;
import io.jarvix.contracts.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/// Requests for reports about the origin's pages.
final class ReportRequests {

    private static final Instant WHEN = Instant.parse("2026-11-01T10:00:00Z");

    private ReportRequests() {}

    /// A run's report.
    ///
    /// @param urls of the run
    /// @param top pages that are explained
    /// @param appendix scored URLs that are listed
    static ReportRequest of(int urls, int top, int appendix) {
        UUID run = new UUID(urls, appendix);
        List<ReportRequest.RankedPage> best = new ArrayList<>();
        for (int rank = 1; rank <= top; rank++) {
            best.add(ranked(rank));
        }
        List<ReportRequest.ScoredUrl> rows = new ArrayList<>();
        for (int i = 0; i < appendix; i++) {
            rows.add(
                    new ReportRequest.ScoredUrl(
                            i + 1, url(i), title(i), 90 - i * 0.05, Action.MONITOR));
        }
        int failed = urls / 20;
        return new ReportRequest(
                run,
                run,
                "Benchmark of " + urls + " URLs",
                "en",
                RunEnd.COMPLETED,
                WHEN,
                WHEN,
                new ReportRequest.Coverage(urls, 0, 0, urls - failed, failed, 0, 0, 0, 0),
                List.of(new ReportRequest.Count("HTTP_CLIENT_ERROR", failed)),
                List.of(),
                List.of(
                        new ReportRequest.Count("BUY", urls / 5),
                        new ReportRequest.Count("MONITOR", urls / 2),
                        new ReportRequest.Count("SKIP", urls - failed - urls / 5 - urls / 2)),
                new ReportRequest.Statistics(58.2, 56, 12, 97.6, 45_056L * urls, 42),
                List.of(
                        0, urls / 10, urls / 10, urls / 10, urls / 10, urls / 10, urls / 10,
                        urls / 10, urls / 10, 0),
                best,
                hosts(Math.min(25, appendix)),
                200,
                null,
                rows,
                urls - failed,
                List.of(new ReportRequest.Count("2026.1", urls - failed)),
                Map.of("jarvix", "1.0.0"));
    }

    private static ReportRequest.RankedPage ranked(int rank) {
        double value = 98 - rank;
        Score score =
                new Score(
                        value,
                        "2026.1",
                        List.of(
                                new Score.ScoreTerm("quality", 95, 0.4, 38),
                                new Score.ScoreTerm("buy", 1, 30, 30),
                                new Score.ScoreTerm("depth", 100, 0.2, 20),
                                new Score.ScoreTerm("errors", 0, -5, 0)),
                        List.of(
                                new Score.Deduction(
                                        "description-missing", 5, "The page has no description.")),
                        List.of(),
                        List.of(
                                new Score.Evidence(
                                        "buy",
                                        "add to cart",
                                        "en",
                                        812,
                                        "EUR 19.90 Add to cart today")),
                        Action.BUY,
                        0.95,
                        "The page sells, and reads well.",
                        "Talk to the company.",
                        0);
        return new ReportRequest.RankedPage(
                rank, rank, url(rank), title(rank), "en", List.of("Shopify"), score);
    }

    private static List<ReportRequest.HostRow> hosts(int count) {
        List<ReportRequest.HostRow> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(new ReportRequest.HostRow("shop-" + i + ".example", 50, 47, 3, 0, 57.5));
        }
        return hosts;
    }

    private static String url(int number) {
        return "https://shop-" + number % 200 + ".example/en/page-" + number + ".html";
    }

    private static String title(int number) {
        return new Text(Language.EN, new SplittableRandom(number)).title(5);
    }
}
