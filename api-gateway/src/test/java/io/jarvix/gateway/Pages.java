package io.jarvix.gateway;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchFacts;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import io.jarvix.contracts.UrlTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Results as the collector and the scorer would give them, decided by words in the URL: `fail`,
/// `block`, and `score-58.5`; anything else scores 50.
final class Pages {

    private Pages() {}

    static PageScore of(UrlTask task) {
        return of(task, result(task));
    }

    static PageScore failed(UrlTask task) {
        return of(task, notFound());
    }

    static PageScore scored(UrlTask task, double value) {
        return of(task, scored(value, "Title of " + task.url()));
    }

    private static PageScore of(UrlTask task, PageResult result) {
        return new PageScore(
                task.runId(),
                task.ordinal(),
                task.lease().number(),
                task.url(),
                task.urlId(),
                fetched(task.url(), result instanceof Failed ? 404 : 200),
                result);
    }

    static FetchFacts fetched(String url, @Nullable Integer status) {
        return new FetchFacts(
                url,
                0,
                Instant.parse("2026-11-01T00:00:00Z"),
                status,
                1,
                12,
                "text/html",
                false,
                4_000,
                null);
    }

    private static PageResult result(UrlTask task) {
        if (task.url().contains("fail")) {
            return notFound();
        }
        if (task.url().contains("block")) {
            return new Blocked(BlockRule.ROBOTS, "Disallow: /");
        }
        int mark = task.url().indexOf("score-");
        return scored(
                mark < 0 ? 50 : number(task.url().substring(mark + 6)), "Title of " + task.url());
    }

    /// The number with which a text begins.
    private static double number(String text) {
        return Double.parseDouble(text.split("[^0-9.]", 2)[0]);
    }

    private static Failed notFound() {
        return new Failed(FailureKind.HTTP_CLIENT_ERROR, "The server answered 404.");
    }

    static PageResult.Scored scored(double value, String title) {
        Action action = value > 75 ? Action.BUY : value > 50 ? Action.MONITOR : Action.SKIP;
        Signals signals =
                new Signals(
                        "text/html",
                        "UTF-8",
                        title,
                        "A page.",
                        "en",
                        null,
                        1_000,
                        180,
                        3,
                        4,
                        2,
                        List.of("Shopify"),
                        List.of(),
                        List.of(),
                        false,
                        false,
                        false,
                        "00",
                        "00");
        Score score =
                new Score(
                        value,
                        "rules-1",
                        List.of(new Score.ScoreTerm("quality", value, 1, value)),
                        List.of(),
                        List.of(),
                        List.of(),
                        action,
                        0.7,
                        "Because.",
                        "Look at it.",
                        Map.of(Action.BUY, 0.0).getOrDefault(action, 25.0));
        return new PageResult.Scored(signals, score);
    }
}
