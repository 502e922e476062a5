package io.jarvix.collector;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Short deadlines and back-offs, and nothing private allowed but the test servers' addresses.
public class HastyCollector implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("jarvix.collector.allowed-private-cidrs", "127.77.0.0/16"),
                Map.entry("jarvix.collector.exchange-deadline", "2s"),
                Map.entry("jarvix.collector.retry-delay-millis", "20"),
                Map.entry("jarvix.collector.retry-jitter-millis", "10"),
                Map.entry("jarvix.collector.per-host.back-off", "20ms"));
    }
}
