package io.jarvix.contracts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// One full example of each message and of each variant, for the golden files. Every field has a
/// value of its own, so that a swapped or forgotten field changes the file.
final class Samples {

    private static final UUID RUN = UUID.fromString("01932f6e-7b1a-7c3e-9d55-0a1b2c3d4e5f");
    private static final UUID REQUEST = UUID.fromString("01932f6e-8000-7000-8000-000000000001");
    private static final UUID PREVIOUS = UUID.fromString("01931000-0000-7000-8000-000000000002");
    private static final Instant AT = Instant.parse("2026-11-23T14:00:00.125Z");
    private static final String URL = "https://shop.example/lamps?page=2";
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private Samples() {}

    /// File name to message.
    static Map<String, Object> all() {
        Map<String, Object> samples = new LinkedHashMap<>();
        samples.put("url-task", task());
        samples.put("raw-record-fetched", raw(new FetchOutcome.Fetched()));
        samples.put(
                "raw-record-failed",
                raw(new Failed(FailureKind.TIMEOUT, "No answer within 30 s.")));
        samples.put("raw-record-blocked", raw(new Blocked(BlockRule.ROBOTS, "Disallow: /private")));
        samples.put("page-score-scored", score(new PageResult.Scored(signals(), score())));
        samples.put(
                "page-score-failed",
                score(new Failed(FailureKind.HTTP_CLIENT_ERROR, "404 Not Found")));
        samples.put(
                "page-score-blocked",
                score(new Blocked(BlockRule.ADDRESS, "10.0.0.1 is a private address")));
        samples.put("report-request", request());
        samples.put(
                "report-result-rendered",
                new ReportResult.Rendered(RUN, REQUEST, 7, "ab".repeat(32), 81234, 91));
        samples.put(
                "report-result-not-rendered",
                new ReportResult.NotRendered(RUN, REQUEST, "The template is broken."));
        return samples;
    }

    private static UrlTask task() {
        return new UrlTask(
                RUN,
                17,
                URL,
                ID,
                new Lease(2, AT),
                new FetchOptions(List.of("shop.example"), List.of("/cart"), 3, 250));
    }

    private static RawRecord raw(FetchOutcome outcome) {
        return new RawRecord(
                RUN,
                17,
                2,
                URL,
                ID,
                "https://www.shop.example/lamps",
                List.of(URL),
                AT,
                200,
                outcome,
                3,
                412,
                "text/html; charset=utf-8",
                "utf-8",
                Map.of("content-type", List.of("text/html; charset=utf-8")),
                true,
                44_321,
                limits());
    }

    private static HostLimits limits() {
        return new HostLimits(
                10_000,
                HostLimits.DelayRule.ROBOTS,
                2,
                new HostLimits.Pause(AT.plusSeconds(60), HostLimits.PauseCause.REFUSING));
    }

    private static PageScore score(PageResult result) {
        return new PageScore(
                RUN,
                17,
                2,
                URL,
                ID,
                new FetchFacts(
                        "https://www.shop.example/lamps",
                        1,
                        AT,
                        200,
                        3,
                        412,
                        "text/html; charset=utf-8",
                        true,
                        44_321,
                        limits()),
                result);
    }

    private static Signals signals() {
        return new Signals(
                "text/html",
                "UTF-8",
                "Lámparas — 灯",
                "Every lamp there is",
                "en",
                "https://shop.example/lamps",
                12_345,
                2_100,
                9,
                31,
                4,
                List.of("Shopify"),
                List.of("Product"),
                List.of("EUR 19.90"),
                true,
                false,
                true,
                "cd".repeat(32),
                "00ff00ff00ff00ff");
    }

    private static Score score() {
        return new Score(
                76.5,
                "2026.1",
                List.of(
                        new Score.ScoreTerm("quality", 95, 0.4, 38),
                        new Score.ScoreTerm("buy", 1, 30, 30)),
                List.of(new Score.Deduction("description-missing", 5, "No meta description.")),
                List.of(new Score.Defect("truncated", "The page was cut at 5 MiB.")),
                List.of(new Score.Evidence("buy", "buy now", "en", 431, "… buy now and save …")),
                Action.BUY,
                0.95,
                "Strong intent on a good page.",
                "Contact the seller.",
                0);
    }

    private static ReportRequest request() {
        return new ReportRequest(
                RUN,
                REQUEST,
                "Lamps, autumn",
                "es",
                RunEnd.EXPIRED,
                AT,
                AT.plusSeconds(90),
                new ReportRequest.Coverage(36, 1, 2, 3, 4, 5, 6, 7, 8),
                List.of(new ReportRequest.Count("TIMEOUT", 4)),
                List.of(new ReportRequest.Count("ROBOTS", 5)),
                List.of(new ReportRequest.Count("BUY", 1), new ReportRequest.Count("SKIP", 2)),
                new ReportRequest.Statistics(41.5, 40.25, 3.5, 76.5, 987_654, 120),
                List.of(1, 0, 0, 1, 0, 0, 0, 1, 0, 0),
                List.of(
                        new ReportRequest.RankedPage(
                                1, 17, URL, "Lámparas — 灯", "en", List.of("Shopify"), score())),
                List.of(new ReportRequest.HostRow("shop.example", 9, 3, 2, 1, 41.5)),
                11,
                new ReportRequest.Trend(
                        PREVIOUS,
                        AT.minusSeconds(86_400),
                        1,
                        2,
                        3,
                        4,
                        5,
                        39.5,
                        List.of(new ReportRequest.Change(URL, 50.5, 76.5))),
                List.of(new ReportRequest.ScoredUrl(17, URL, "Lámparas — 灯", 76.5, Action.BUY)),
                3,
                List.of(new ReportRequest.Count("2026.1", 3)),
                Map.of("jarvix", "1.0.0"));
    }
}
