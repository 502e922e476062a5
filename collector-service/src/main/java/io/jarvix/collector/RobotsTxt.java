package io.jarvix.collector;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The robots.txt of each origin, fetched once and kept for a while, in bounded memory. RFC 9309: a
/// missing file (4xx) allows everything; one that cannot be had (5xx, 429, no answer, broken)
/// forbids everything for now; redirects are followed, five at most, and beyond them the file
/// counts as missing; only the first 500 KiB count.
final class RobotsTxt {

    /// Fetches a robots.txt, with turns and retries as any page.
    interface Source {
        CompletionStage<Reply> fetch(Target robotsTxt, int redirects);
    }

    /// What an origin's robots.txt says.
    sealed interface Verdict {

        record Rules(RobotsRules rules) implements Verdict {}

        /// It could not be had, which forbids all; `outcome` is what a page of the origin gets.
        record None(FetchOutcome outcome) implements Verdict {}
    }

    private final CollectorConfig config;
    private final Source source;
    private final CollectorMetrics metrics;
    private final AsyncCache<String, Verdict> verdicts;

    RobotsTxt(CollectorConfig config, Source source, CollectorMetrics metrics, Ticker ticker) {
        this.config = config;
        this.source = source;
        this.metrics = metrics;
        this.verdicts =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .ticker(ticker)
                        .maximumWeight(config.robots().cacheBytes())
                        .weigher(RobotsTxt::weigh)
                        .expireAfter(Expiry.creating((String origin, Verdict v) -> keptFor(v)))
                        .buildAsync();
    }

    /// What the origin's robots.txt says; fetches it where it is not known.
    CompletableFuture<Verdict> verdictFor(Target target) {
        return verdicts.get(
                target.origin(), (String origin, Executor unused) -> fetch(target.robotsTxt()));
    }

    private CompletableFuture<Verdict> fetch(Target robotsTxt) {
        return follow(robotsTxt, robotsTxt, 0)
                .exceptionally(
                        defect ->
                                unreachable(
                                        robotsTxt,
                                        FailureKind.INTERNAL,
                                        "robots.txt could not be read: " + defect))
                .whenComplete((verdict, none) -> metrics.robotsFetched(verdict))
                .toCompletableFuture();
    }

    private CompletionStage<Verdict> follow(Target first, Target at, int redirects) {
        return source.fetch(at, redirects)
                .thenCompose(
                        reply ->
                                switch (reply) {
                                    case Reply.Answer answer ->
                                            ofAnswer(first, at, redirects, answer);
                                    case Reply.NoAnswer none ->
                                            done(unreachable(first, none.kind(), none.message()));
                                    case Reply.Forbidden forbidden ->
                                            done(new Verdict.None(forbidden.blocked()));
                                });
    }

    private CompletionStage<Verdict> ofAnswer(
            Target first, Target at, int redirects, Reply.Answer answer) {
        answer.place().giveBack();
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return done(parse(first, answer));
        }
        if (Redirects.isRedirect(status)) {
            Optional<CanonicalUrl> next = Redirects.next(at.url(), answer.header("location"));
            return next.isEmpty() || redirects >= config.robots().maxRedirects()
                    ? done(new Verdict.Rules(RobotsRules.allowAll()))
                    : follow(first, Target.of(next.get()), redirects + 1);
        }
        return status >= 500 || status == 429
                ? done(
                        new Verdict.None(
                                new Blocked(
                                        BlockRule.ROBOTS_UNREACHABLE,
                                        first.url() + " answered " + status)))
                : done(new Verdict.Rules(RobotsRules.allowAll()));
    }

    private Verdict parse(Target first, Reply.Answer answer) {
        try {
            BodyDecoder.Decoded decoded =
                    BodyDecoder.decode(
                            answer.header("content-encoding"),
                            answer.body(),
                            answer.cut(),
                            config.robots().maxBody());
            return new Verdict.Rules(
                    RobotsRules.parse(
                            first.url(),
                            decoded.bytes(),
                            answer.header("content-type"),
                            config.robotsAgent(),
                            config.robots().maxCrawlDelay()));
        } catch (BodyDecoder.NotDecodable e) {
            return unreachable(first, FailureKind.DECODING, String.valueOf(e.getMessage()));
        }
    }

    /// A host that is not there fails as such, and so does a defect of ours: the page would fail
    /// the same way. Everything else forbids.
    private static Verdict unreachable(Target robotsTxt, FailureKind kind, String message) {
        boolean forbids =
                switch (kind) {
                    case DNS, CONNECT, TLS, INTERNAL -> false;
                    default -> true;
                };
        return new Verdict.None(
                forbids
                        ? new Blocked(
                                BlockRule.ROBOTS_UNREACHABLE, robotsTxt.url() + ": " + message)
                        : new Failed(kind, message));
    }

    private java.time.Duration keptFor(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Rules rules -> config.robots().timeToLive();
            case Verdict.None none -> config.robots().unreachableTimeToLive();
        };
    }

    private static int weigh(String origin, Verdict verdict) {
        return 2 * origin.length()
                + switch (verdict) {
                    case Verdict.Rules rules -> rules.rules().weight();
                    case Verdict.None none -> 400;
                };
    }

    private static CompletionStage<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
