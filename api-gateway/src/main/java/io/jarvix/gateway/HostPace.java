package io.jarvix.gateway;

import io.jarvix.contracts.Pure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How many URLs of a host may be outstanding: a fixed number to begin with, and as many as it
/// finished within the horizon where that is more. So a run over one fast host is not held back,
/// and a slow host never has more with the collectors than it can answer soon. Remembers the hosts
/// of late only. Safe from any thread.
@Pure
final class HostPace {

    private static final int REMEMBERED = 4_096;
    private static final int BUCKETS = 8;

    private final int floor;
    private final int ceiling;
    private final long bucketMillis;
    private final Map<String, Recent> hosts =
            new LinkedHashMap<>(64, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Recent> eldest) {
                    return size() > REMEMBERED;
                }
            };

    HostPace(int floor, int ceiling, Duration horizon) {
        this.floor = floor;
        this.ceiling = ceiling;
        this.bucketMillis = Math.max(1, horizon.toMillis() / BUCKETS);
    }

    synchronized void finished(String host, int count, Instant now) {
        hosts.computeIfAbsent(host, key -> new Recent())
                .add(now.toEpochMilli() / bucketMillis, count);
    }

    synchronized int window(String host, Instant now) {
        Recent recent = hosts.get(host);
        int finished = recent == null ? 0 : recent.sum(now.toEpochMilli() / bucketMillis);
        return Math.clamp(finished, Math.min(floor, ceiling), ceiling);
    }

    /// Counts per bucket of time, in a ring.
    private static final class Recent {

        private final int[] counts = new int[BUCKETS];
        private long newest = Long.MIN_VALUE;

        void add(long bucket, int count) {
            forgetUntil(bucket);
            counts[Math.floorMod(bucket, BUCKETS)] += count;
        }

        int sum(long bucket) {
            forgetUntil(bucket);
            int sum = 0;
            for (int count : counts) {
                sum += count;
            }
            return sum;
        }

        private void forgetUntil(long bucket) {
            long first =
                    newest == Long.MIN_VALUE ? bucket : Math.max(newest + 1, bucket - BUCKETS + 1);
            for (long b = first; b <= bucket; b++) {
                counts[Math.floorMod(b, BUCKETS)] = 0;
            }
            newest = Math.max(newest, bucket);
        }
    }
}
