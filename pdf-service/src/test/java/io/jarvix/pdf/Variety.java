package io.jarvix.pdf;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportRequest.Coverage;
import io.jarvix.contracts.RunEnd;
import java.util.LinkedHashMap;
import java.util.Map;

/// Report requests of every kind that a run can end in, by name.
final class Variety {

    static final String ALL_SCRIPTS =
            "Lámpara Straße Ωμέγα Кириллица مرحبا بالعالم 2026 שלום עולם 中文标题 日本語のタイトル"
                    + " 한국어 제목 🚀🔥👩‍💻 ☂ ⅷ";

    private Variety() {}

    static Map<String, ReportRequest> all() {
        Map<String, ReportRequest> requests = new LinkedHashMap<>();
        requests.put("ten URLs", Requests.ofTen("en"));
        requests.put("a thousand URLs in Spanish", Requests.of(1_000, "es"));
        requests.put("no line at all", Requests.builder("Nothing", "en").build());
        requests.put(
                "all failed",
                Requests.builder("All failed", "es")
                        .coverage(new Coverage(500, 0, 0, 0, 500, 0, 0, 0, 0))
                        .build());
        requests.put(
                "all blocked or not a URL",
                Requests.builder("All blocked", "en")
                        .coverage(new Coverage(9, 4, 1, 0, 0, 4, 0, 0, 0))
                        .build());
        requests.put(
                "one page",
                Requests.builder("One", "en")
                        .coverage(new Coverage(1, 0, 0, 1, 0, 0, 0, 0, 0))
                        .scored(1, Requests::title)
                        .build());
        requests.put(
                "cancelled",
                Requests.builder("Cancelled", "en")
                        .end(RunEnd.CANCELLED)
                        .coverage(new Coverage(500, 3, 7, 40, 20, 30, 0, 400, 0))
                        .scored(40, Requests::title)
                        .build());
        requests.put(
                "expired with a trend",
                Requests.builder("Expired", "es")
                        .end(RunEnd.EXPIRED)
                        .coverage(new Coverage(90, 0, 0, 60, 10, 0, 20, 0, 0))
                        .scored(60, Requests::title)
                        .trend()
                        .build());
        requests.put(
                "interim",
                Requests.builder("Interim", "en")
                        .end(RunEnd.INTERIM)
                        .coverage(new Coverage(90, 0, 0, 30, 0, 0, 0, 0, 60))
                        .scored(30, Requests::title)
                        .build());
        requests.put("all scripts", Requests.titled(ALL_SCRIPTS));
        requests.put("a word of 2,000 characters", Requests.titled("W".repeat(2_000)));
        requests.put("pages without a title", Requests.titled(""));
        requests.put("a language nobody wrote words for", Requests.ofTen("x-klingon"));
        return requests;
    }
}
