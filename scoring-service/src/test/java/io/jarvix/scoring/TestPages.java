package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;
import org.jspecify.annotations.Nullable;

/// Scores pages of the tests.
final class TestPages {

    static final PageScorer SCORER = PageScorer.withBuiltInRules();

    private TestPages() {}

    static PageResult.Scored scored(String html) {
        return scored(SCORER, html);
    }

    static PageResult.Scored scored(PageScorer scorer, String html) {
        return scored(scorer, "text/html; charset=utf-8", html.getBytes(UTF_8));
    }

    static PageResult.Scored ofType(@Nullable String contentType, byte[] body) {
        return scored(SCORER, contentType, body);
    }

    static PageResult resultOf(@Nullable String contentType, byte[] body) {
        return SCORER.score(
                RawRecords.fetched(1, "https://www.shop.example/lamps", contentType, body), body);
    }

    static PageResult.Scored scored(RawRecord raw, byte[] body) {
        return (PageResult.Scored) SCORER.score(raw, body);
    }

    private static PageResult.Scored scored(
            PageScorer scorer, @Nullable String contentType, byte[] body) {
        RawRecord raw = RawRecords.fetched(1, "https://www.shop.example/lamps", contentType, body);
        return (PageResult.Scored) scorer.score(raw, body);
    }
}
