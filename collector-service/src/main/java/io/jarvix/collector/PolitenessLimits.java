package io.jarvix.collector;

/// The bounds of [Politeness].
///
/// @param total requests at once in all
/// @param ofSuspects requests at once to hosts that do not answer
/// @param perHost requests at once to one host
/// @param delayMillis between the sending of two requests to one host
/// @param backOffMillis the first pause of a host that asks for less without saying how long
/// @param maxBackOffMillis the longest pause, whatever the host says
/// @param remembered hosts without a request whose state is kept
record PolitenessLimits(
        int total,
        int ofSuspects,
        int perHost,
        long delayMillis,
        long backOffMillis,
        long maxBackOffMillis,
        int remembered) {

    static PolitenessLimits of(CollectorConfig config) {
        return new PolitenessLimits(
                config.concurrency(),
                Math.max(1, config.concurrency() / 2),
                config.perHost().concurrency(),
                config.perHost().delay().toMillis(),
                config.perHost().backOff().toMillis(),
                config.perHost().maxBackOff().toMillis(),
                config.perHost().remembered());
    }

    /// What a request itself asks for; the stricter of it and the host's limits holds.
    record Wish(int concurrency, long delayMillis) {
        static final Wish NONE = new Wish(Integer.MAX_VALUE, 0);
    }
}
