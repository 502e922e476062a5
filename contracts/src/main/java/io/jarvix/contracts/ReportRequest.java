package io.jarvix.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All that a report prints, on topic [Topics#PDF_REQUESTS], keyed by run id. The renderer adds
/// words and layout, never a figure: the same request gives the same bytes.
///
/// @param requestId names this request; the [ReportResult] carries it back
/// @param name the run's name
/// @param language of the report's own words, BCP 47: `en` or `es`
/// @param end how the run ended, or that it goes on
/// @param submittedAt when the run was accepted
/// @param asOf when the figures were taken
/// @param coverage what was asked, reached, and not reached
/// @param failures how often each failure kind, most frequent first
/// @param blocks how often each block rule, most frequent first
/// @param actions how many pages for each action, in the order of [Action]
/// @param statistics of the scores; absent where nothing was scored
/// @param histogram scored pages per interval of ten points: [0,10), [10,20) ... [90,100]; ten
///     counts
/// @param top the best pages, best first, with their explanations
/// @param hosts the hosts with most URLs first, cut at a limit of the gateway
/// @param hostsTotal how many hosts there are in all
/// @param trend against the run before in the same series; absent where there is none
/// @param appendix scored URLs, best first, cut at a limit of the gateway
/// @param appendixTotal how many scored URLs there are in all
/// @param rules the rule versions that scored, most pages first
/// @param versions name to version of the software that worked on the run
public record ReportRequest(
        UUID runId,
        UUID requestId,
        String name,
        String language,
        RunEnd end,
        Instant submittedAt,
        Instant asOf,
        Coverage coverage,
        List<Count> failures,
        List<Count> blocks,
        List<Count> actions,
        @Nullable Statistics statistics,
        List<Integer> histogram,
        List<RankedPage> top,
        List<HostRow> hosts,
        int hostsTotal,
        @Nullable Trend trend,
        List<ScoredUrl> appendix,
        int appendixTotal,
        List<Count> rules,
        Map<String, String> versions) {

    /// Intervals of the histogram.
    public static final int HISTOGRAM_BINS = 10;

    public ReportRequest {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(submittedAt, "submittedAt");
        Objects.requireNonNull(asOf, "asOf");
        Objects.requireNonNull(coverage, "coverage");
        name = Objects.requireNonNullElse(name, "");
        language = Objects.requireNonNullElse(language, "en");
        end = Objects.requireNonNullElse(end, RunEnd.UNKNOWN);
        failures = Wire.listOrEmpty(failures);
        blocks = Wire.listOrEmpty(blocks);
        actions = Wire.listOrEmpty(actions);
        histogram = Wire.listOrEmpty(histogram);
        top = Wire.listOrEmpty(top);
        hosts = Wire.listOrEmpty(hosts);
        appendix = Wire.listOrEmpty(appendix);
        rules = Wire.listOrEmpty(rules);
        versions = Wire.mapOrEmpty(versions);
        if (!histogram.isEmpty() && histogram.size() != HISTOGRAM_BINS) {
            throw new IllegalArgumentException(
                    "histogram must have " + HISTOGRAM_BINS + " counts: " + histogram.size());
        }
    }

    /// How many of a name: a failure kind, a block rule, an action, a rule version.
    public record Count(String name, int count) {}

    /// Where every submitted line ended; while a run goes on, `open` lines are still to come. The
    /// parts add up to `submitted`.
    public record Coverage(
            int submitted,
            int invalid,
            int duplicate,
            int scored,
            int failed,
            int blocked,
            int expired,
            int cancelled,
            int open) {

        public Coverage {
            long sum = 0L + invalid + duplicate + scored + failed + blocked + expired + cancelled;
            if (sum + open != submitted) {
                throw new IllegalArgumentException(
                        "coverage does not add up: " + submitted + " submitted, " + (sum + open));
            }
        }
    }

    /// Of the scores, and of the fetches that led to them.
    ///
    /// @param bytes body bytes of all fetched pages
    /// @param fetchMedianMillis median duration of a fetch
    public record Statistics(
            double mean,
            double median,
            double lowest,
            double highest,
            long bytes,
            long fetchMedianMillis) {}

    /// A page of the top list.
    public record RankedPage(
            int rank,
            int ordinal,
            String url,
            String title,
            String language,
            List<String> platforms,
            Score score) {

        public RankedPage {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(score, "score");
            title = Objects.requireNonNullElse(title, "");
            language = Objects.requireNonNullElse(language, "");
            platforms = Wire.listOrEmpty(platforms);
        }
    }

    /// One host's share.
    ///
    /// @param meanScore of its scored pages; absent where none was scored
    public record HostRow(
            String host,
            int urls,
            int scored,
            int failed,
            int blocked,
            @Nullable Double meanScore) {}

    /// A scored URL of the appendix.
    public record ScoredUrl(int ordinal, String url, String title, double score, Action action) {}

    /// What changed against the run before.
    ///
    /// @param appeared URLs scored now and not before
    /// @param gone URLs scored before and not now
    /// @param improved URLs whose score rose by more than 10 %
    /// @param declined URLs whose score fell by more than 10 %
    /// @param meanBefore the mean score of the run before
    /// @param changes the largest changes, largest first
    public record Trend(
            UUID previousRunId,
            Instant previousAt,
            int appeared,
            int gone,
            int improved,
            int declined,
            int stable,
            double meanBefore,
            List<Change> changes) {

        public Trend {
            Objects.requireNonNull(previousRunId, "previousRunId");
            Objects.requireNonNull(previousAt, "previousAt");
            changes = Wire.listOrEmpty(changes);
        }
    }

    /// One URL's change of score.
    ///
    /// @param before absent where the URL is new
    /// @param now absent where the URL is gone
    public record Change(String url, @Nullable Double before, @Nullable Double now) {}
}
