package io.jarvix.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The answers of the API.
final class Views {

    private Views() {}

    /// A run.
    ///
    /// @param counts lines in each state; they add up to `submitted`
    /// @param etaSeconds absent where the pace is not known yet
    /// @param waitingFor the hosts that it waits for longest, and why, in words
    /// @param webhook where the run's webhook stands, where one was asked for and one run is shown
    /// @param retryOf the run whose failed lines this one tries again
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunView(
            UUID id,
            String name,
            RunState state,
            int submitted,
            Map<LineState, Integer> counts,
            double urlsPerSecond,
            @Nullable Long etaSeconds,
            List<String> waitingFor,
            Webhook.@Nullable View webhook,
            Instant submittedAt,
            Instant deadlineAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable UUID retryOf,
            @Nullable String problem) {

        static RunView of(Run run, List<HostWait> waiting, Instant now) {
            return of(run, waiting, null, now);
        }

        static RunView of(
                Run run, List<HostWait> waiting, Webhook.@Nullable View webhook, Instant now) {
            double pace = run.urlsPerSecond(now);
            return new RunView(
                    run.id,
                    run.name,
                    run.state,
                    run.submitted,
                    run.counts(),
                    Math.round(pace * 10) / 10.0,
                    eta(run, waiting, pace),
                    waiting.stream().map(host -> host.inWords(now)).toList(),
                    webhook,
                    run.submittedAt,
                    run.deadlineAt,
                    run.startedAt,
                    run.endedAt,
                    run.retryOf,
                    run.problem);
        }

        /// By the pace of late, and never less than the slowest host's delay leaves.
        private static @Nullable Long eta(Run run, List<HostWait> waiting, double pace) {
            int open = run.pending + run.dispatched;
            long least =
                    waiting.stream().mapToLong(host -> host.least().toSeconds()).max().orElse(0);
            if (open == 0 || (pace <= 0 && least == 0)) {
                return null;
            }
            return Math.max(least, pace <= 0 ? 0 : (long) Math.ceil(open / pace));
        }
    }

    /// The answer to a submission.
    ///
    /// @param invalid the first lines that are no URL
    /// @param duplicates the first lines whose URL stands earlier in the run
    record Accepted(
            UUID id,
            String name,
            RunState state,
            int submitted,
            Map<LineState, Integer> counts,
            List<Refused> invalid,
            List<Repeated> duplicates) {}

    record Refused(int line, @Nullable String text, @Nullable String reason) {}

    record Repeated(int line, @Nullable String url, @Nullable Integer firstLine) {}

    /// A page of rows.
    ///
    /// @param nextCursor to be sent as `cursor` for the next page; absent on the last
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page<T>(List<T> items, @Nullable String nextCursor) {

        /// @param rows one more than the page may have, where there is one more
        /// @param cursor where a row stands
        static <R, T> Page<T> of(
                List<R> rows, int limit, Function<R, Cursor> cursor, Function<R, T> view) {
            List<R> page = rows.subList(0, Math.min(limit, rows.size()));
            return new Page<>(
                    page.stream().map(view).toList(),
                    rows.size() <= limit ? null : cursor.apply(page.getLast()).encode());
        }
    }

    /// A page of scores; fields as in [Page].
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ScorePage(List<ScoreRow> items, @Nullable String nextCursor) {}

    /// A score in one row.
    record ScoreRow(
            int ordinal,
            String url,
            String urlId,
            String finalUrl,
            @Nullable Integer status,
            String title,
            String language,
            double score,
            Action action,
            double confidence,
            String reason,
            String nextStep,
            String rulesVersion,
            int textLength,
            List<String> platforms,
            boolean truncated) {

        static ScoreRow of(PageScore page) {
            if (!(page.result() instanceof PageResult.Scored scored)) {
                throw new IllegalArgumentException("not scored: " + page.ordinal());
            }
            Signals signals = scored.signals();
            Score score = scored.score();
            return new ScoreRow(
                    page.ordinal(),
                    page.url(),
                    page.urlId(),
                    page.fetch().finalUrl(),
                    page.fetch().status(),
                    signals.title(),
                    signals.language(),
                    score.value(),
                    score.action(),
                    score.confidence(),
                    score.reason(),
                    score.nextStep(),
                    score.rulesVersion(),
                    signals.textLength(),
                    signals.platforms(),
                    page.fetch().truncated());
        }

        /// Where this row stands among the scores, best first.
        Cursor cursor() {
            return Cursor.of(score, ordinal);
        }
    }

    static Duration roughly(@Nullable Long seconds) {
        return Duration.ofSeconds(seconds == null ? 5 : Math.clamp(seconds, 1, 60));
    }
}
