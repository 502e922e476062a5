package io.jarvix.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// How long open runs have not moved: between two observations a run moves where more of its lines
/// are at their end. A run that is seen for the first time counts as moved. For one thread.
final class Stall {

    private Map<UUID, Position> positions = Map.of();

    private record Position(long ended, Instant since) {}

    /// @param ended lines at their end, of each open run
    /// @return the longest time that one of them has not moved; zero where none is open
    Duration observe(Map<UUID, Long> ended, Instant now) {
        Map<UUID, Position> next = new HashMap<>();
        ended.forEach(
                (run, lines) -> {
                    Position last = positions.get(run);
                    boolean moved = last == null || last.ended() != lines;
                    next.put(run, moved ? new Position(lines, now) : last);
                });
        positions = next;
        return next.values().stream()
                .map(position -> Duration.between(position.since(), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
