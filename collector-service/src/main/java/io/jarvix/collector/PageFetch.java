package io.jarvix.collector;

import com.github.benmanes.caffeine.cache.Ticker;
import io.jarvix.collector.Politeness.Ending;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.ParsedUrl;
import io.jarvix.contracts.UrlTask;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/// Fetches the page of a task: rules, robots.txt, the host's turn, the request, redirects (each of
/// them through all of this again) and retries. Holds neither thread nor permit while it waits.
final class PageFetch implements RobotsTxt.Source {

    private static final String ACCEPT_PAGE =
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String ACCEPT_ROBOTS = "text/plain,*/*;q=0.5";

    private final CollectorConfig config;
    private final Clock clock;
    private final PolicyGate gate;
    private final Turns turns;
    private final PermittedAttempt attempt;
    private final RetriedFetch retried;
    private final RobotsTxt robots;
    private final CollectorMetrics metrics;

    PageFetch(
            CollectorConfig config,
            Clock clock,
            PolicyGate gate,
            Turns turns,
            PermittedAttempt attempt,
            RetriedFetch retried,
            CollectorMetrics metrics) {
        this.config = config;
        this.clock = clock;
        this.gate = gate;
        this.turns = turns;
        this.attempt = attempt;
        this.retried = retried;
        this.metrics = metrics;
        this.robots = new RobotsTxt(config, this, metrics, Ticker.systemTicker());
    }

    /// How a fetch ended.
    sealed interface End {

        /// The last answer has a status; the journey has the answer.
        record Answered(Reply.Answer answer) implements End {}

        /// No answer counts.
        record Without(FetchOutcome outcome) implements End {}

        /// Nobody waits for it any more; nothing is to be written.
        record Dropped() implements End {}
    }

    /// What came of a task: where the journey led, and how it ended there.
    record Outcome(Journey journey, End end) {}

    /// Fetches the task's page. The stage does not fail, unless there is a defect.
    CompletionStage<Outcome> fetch(UrlTask task, BooleanSupplier abandoned) {
        ParsedUrl parsed = CanonicalUrl.parse(task.url());
        return switch (parsed) {
            case ParsedUrl.Invalid invalid ->
                    CompletableFuture.completedFuture(
                            new Outcome(
                                    new Journey(task, UNKNOWN, abandoned),
                                    new End.Without(
                                            new Blocked(BlockRule.URL_FORM, invalid.reason()))));
            case CanonicalUrl url -> {
                Journey journey = new Journey(task, Target.of(url), abandoned);
                yield retried.<End>fetch(() -> pass(journey))
                        .exceptionally(
                                failure -> ReplyMeaning.endWith(ReplyMeaning.lastOf(failure)))
                        .thenApply(end -> new Outcome(journey, end));
            }
        };
    }

    private static final Target UNKNOWN = new Target("", false, "", 80, "/");

    @Override
    public CompletionStage<Reply> fetch(Target robotsTxt, int redirects) {
        Optional<Blocked> objection = gate.objectionTo(robotsTxt);
        return objection.isPresent()
                ? CompletableFuture.completedFuture(new Reply.Forbidden(objection.get()))
                : retried.<Reply>fetch(() -> robotsPass(robotsTxt))
                        .exceptionally(ReplyMeaning::lastOf);
    }

    private CompletionStage<Reply> robotsPass(Target robotsTxt) {
        Attempt.Ask ask = new Attempt.Ask(robotsTxt, config.robots().maxBody(), 0, ACCEPT_ROBOTS);
        return turns.take(robotsTxt.host(), PolitenessLimits.Wish.NONE, true)
                .thenCompose(turn -> inTurn(turn, ask))
                .thenCompose(
                        reply -> {
                            if (ReplyMeaning.canPass(reply)) {
                                if (reply instanceof Reply.Answer answer) {
                                    answer.place().giveBack();
                                }
                                return CompletableFuture.failedFuture(
                                        new RetriedFetch.Passing(reply));
                            }
                            return CompletableFuture.completedFuture(reply);
                        });
    }

    private CompletionStage<End> pass(Journey journey) {
        if (journey.tries() > 0) {
            metrics.retried();
        }
        journey.beginPass();
        return step(journey);
    }

    private CompletionStage<End> step(Journey journey) {
        Optional<Blocked> objection = gate.objectionTo(journey.task(), journey.target());
        if (objection.isPresent()) {
            return ended(new End.Without(objection.get()));
        }
        return robots.verdictFor(journey.target())
                .thenCompose(
                        verdict ->
                                switch (verdict) {
                                    case RobotsTxt.Verdict.None none ->
                                            ended(new End.Without(none.outcome()));
                                    case RobotsTxt.Verdict.Rules rules ->
                                            underRules(journey, rules.rules());
                                });
    }

    private CompletionStage<End> underRules(Journey journey, RobotsRules rules) {
        journey.underRules(rules.crawlDelay());
        Optional<String> line = rules.disallowing(journey.target().url());
        metrics.robotsDecided(line.isEmpty());
        if (line.isPresent()) {
            return ended(new End.Without(new Blocked(BlockRule.ROBOTS, line.get())));
        }
        return turns.take(
                        journey.target().host(),
                        wish(journey.task().options(), rules),
                        !journey.redirects().isEmpty())
                .thenCompose(turn -> onTurn(journey, turn));
    }

    private CompletionStage<End> onTurn(Journey journey, Turns.Held turn) {
        boolean used = false;
        try {
            Instant now = clock.instant();
            Optional<Blocked> objection = gate.objectionTo(journey.task(), journey.target());
            if (objection.isPresent()) {
                return ended(new End.Without(objection.get()));
            }
            if (journey.isAbandoned(now)) {
                return ended(new End.Dropped());
            }
            journey.beginRequest(now);
            used = true;
        } finally {
            if (!used) {
                turn.end(new Ending.Unused());
            }
        }
        Attempt.Ask ask =
                new Attempt.Ask(
                        journey.target(), config.maxBody(), journey.tries() - 1, ACCEPT_PAGE);
        long begun = System.nanoTime();
        return inTurn(turn, ask).thenCompose(reply -> onReply(journey, reply, begun));
    }

    private CompletionStage<End> onReply(Journey journey, Reply reply, long begun) {
        long nanos = System.nanoTime() - begun;
        metrics.exchanged(nanos);
        journey.endRequest(nanos, reply);
        return decide(journey, reply);
    }

    /// The reply ends the turn, and a defect of the attempt is a reply too.
    private CompletionStage<Reply> inTurn(Turns.Held turn, Attempt.Ask ask) {
        return attempt.make(ask, turn::sent)
                .exceptionally(ReplyMeaning::lastOf)
                .thenApply(
                        reply -> {
                            Ending ending = ReplyMeaning.forHost(reply, clock.instant());
                            if (ending instanceof Ending.Refusing) {
                                metrics.hostSlowed();
                            }
                            turn.end(ending);
                            return reply;
                        });
    }

    private CompletionStage<End> decide(Journey journey, Reply reply) {
        if (ReplyMeaning.canPass(reply)) {
            return CompletableFuture.failedFuture(new RetriedFetch.Passing(reply));
        }
        return reply instanceof Reply.Answer answer
                ? ofAnswer(journey, answer)
                : ended(ReplyMeaning.endWith(reply));
    }

    private CompletionStage<End> ofAnswer(Journey journey, Reply.Answer answer) {
        int status = answer.status();
        if (status == 401 || status == 403) {
            gate.refusedBy(journey.task().runId(), journey.target().host(), status);
        }
        if (!Redirects.isRedirect(status)) {
            return ended(new End.Answered(answer));
        }
        String location = answer.header("location");
        Optional<CanonicalUrl> next = Redirects.next(journey.target().url(), location);
        if (next.isEmpty()) {
            return ended(
                    new End.Without(
                            new Failed(
                                    FailureKind.INVALID_REDIRECT,
                                    "Status " + status + " with Location: " + cut(location))));
        }
        if (journey.hasBeenAt(next.get().url())) {
            return tooManyRedirects("A redirect leads back to " + cut(next.get().url()));
        }
        if (journey.redirects().size() >= config.maxRedirects()) {
            return tooManyRedirects("More than " + config.maxRedirects() + " redirects");
        }
        journey.dropAnswer();
        journey.redirectTo(Target.of(next.get()));
        return step(journey);
    }

    private static CompletionStage<End> tooManyRedirects(String message) {
        return ended(new End.Without(new Failed(FailureKind.TOO_MANY_REDIRECTS, message + ".")));
    }

    private static PolitenessLimits.Wish wish(FetchOptions options, RobotsRules rules) {
        long delay = rules.crawlDelay().toMillis();
        if (options.minDelayMillis() != null) {
            delay = Math.max(delay, options.minDelayMillis());
        }
        return new PolitenessLimits.Wish(
                options.maxConcurrencyPerHost() == null
                        ? Integer.MAX_VALUE
                        : options.maxConcurrencyPerHost(),
                delay);
    }

    private static CompletionStage<End> ended(End end) {
        return CompletableFuture.completedFuture(end);
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }
}
