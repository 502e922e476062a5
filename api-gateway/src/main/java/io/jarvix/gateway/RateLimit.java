package io.jarvix.gateway;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/// A bucket of requests per caller that fills again evenly. Remembers the callers of late only.
// Safe from any thread.
final class RateLimit {

    private static final int REMEMBERED = 10_000;

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Bucket(double left, long atMillis) {}

    RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /// @throws Problem 429 where the caller has no request left
    synchronized void take(String caller) {
        long now = clock.millis();
        Bucket bucket = buckets.getOrDefault(caller, new Bucket(perMinute, now));
        double left =
                Math.min(
                        perMinute,
                        bucket.left() + (now - bucket.atMillis()) * perMinute / 60_000.0);
        if (left < 1) {
            throw new Problem(
                            429,
                            "too-many-requests",
                            "Too many requests",
                            "A caller has " + perMinute + " requests a minute.")
                    .with("limit", perMinute)
                    .retryAfter((long) Math.ceil((1 - left) * 60 / perMinute));
        }
        buckets.put(caller, new Bucket(left - 1, now));
    }
}
