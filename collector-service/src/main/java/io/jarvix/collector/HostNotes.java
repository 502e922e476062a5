package io.jarvix.collector;

import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.HostLimits;
import io.jarvix.contracts.HostLimits.DelayRule;
import io.jarvix.contracts.HostLimits.Pause;
import io.jarvix.contracts.HostLimits.PauseCause;
import io.jarvix.contracts.Pure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a record says of its host, so that a run can tell what its other URLs wait for.
@Pure
final class HostNotes {

    private HostNotes() {}

    /// @param operator the delay that the configuration asks for
    /// @param robots the host's crawl-delay
    /// @param run what the run asks for
    static HostLimits of(
            Duration operator,
            Duration robots,
            FetchOptions run,
            HostPace.Standing standing,
            Instant now) {
        long ofRun = run.minDelayMillis() == null ? 0 : run.minDelayMillis();
        long delay = Math.max(operator.toMillis(), Math.max(robots.toMillis(), ofRun));
        int concurrency =
                run.maxConcurrencyPerHost() == null
                        ? standing.limit()
                        : Math.min(standing.limit(), run.maxConcurrencyPerHost());
        return new HostLimits(
                delay, rule(delay, robots.toMillis(), ofRun), concurrency, pause(standing, now));
    }

    private static @Nullable DelayRule rule(long delay, long robots, long ofRun) {
        if (delay == 0) {
            return null;
        }
        if (delay == robots) {
            return DelayRule.ROBOTS;
        }
        return delay == ofRun ? DelayRule.RUN : DelayRule.OPERATOR;
    }

    private static @Nullable Pause pause(HostPace.Standing standing, Instant now) {
        return standing.pauseMillis() == 0
                ? null
                : new Pause(
                        now.plusMillis(standing.pauseMillis()),
                        standing.silent() ? PauseCause.SILENT : PauseCause.REFUSING);
    }
}
