package io.jarvix.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A run as `GET /runs/{id}` tells it.
///
/// @param counts lines per state, in the API's order; they add up to `submitted`
/// @param eta absent where the rate is not known yet
/// @param waitingFor sentences on what holds the run up
record RunStatus(
        String id,
        String state,
        int submitted,
        Map<String, Integer> counts,
        double urlsPerSecond,
        Optional<Duration> eta,
        List<String> waitingFor) {

    private static final Set<String> ENDED = Set.of("COMPLETED", "CANCELLED", "EXPIRED");
    private static final Set<String> OPEN = Set.of("PENDING", "DISPATCHED");

    static RunStatus of(JsonNode run) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        run.path("counts")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        List<String> waitingFor = new ArrayList<>();
        run.path("waitingFor").forEach(reason -> waitingFor.add(reason.asText()));
        return new RunStatus(
                run.path("id").asText(),
                run.path("state").asText(),
                run.path("submitted").asInt(),
                counts,
                run.path("urlsPerSecond").asDouble(),
                run.path("etaSeconds").isNumber()
                        ? Optional.of(Duration.ofSeconds(run.path("etaSeconds").asLong()))
                        : Optional.empty(),
                waitingFor);
    }

    boolean ended() {
        return ENDED.contains(state);
    }

    int count(String state) {
        return counts.getOrDefault(state, 0);
    }

    /// Lines that have not ended.
    int open() {
        return OPEN.stream().mapToInt(this::count).sum();
    }

    int done() {
        return submitted - open();
    }

    /// `40 submitted = 30 SCORED + 5 FAILED + ...`, and whether it is true.
    String sum() {
        StringBuilder sum = new StringBuilder(submitted + " submitted =");
        String separator = " ";
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            if (!OPEN.contains(count.getKey()) || count.getValue() > 0) {
                sum.append(separator).append(count.getValue()).append(' ').append(count.getKey());
                separator = " + ";
            }
        }
        return sum.toString();
    }

    boolean addsUp() {
        return counts.values().stream().mapToInt(Integer::intValue).sum() == submitted;
    }
}
