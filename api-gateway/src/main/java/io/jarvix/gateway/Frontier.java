package io.jarvix.gateway;

import io.jarvix.contracts.Pure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.ToIntFunction;

/// Decides what is dispatched next: fair over runs (the run with the least outstanding is served
/// first), fair over a run's hosts (in turn), bounded in all and per host. Pure.
///
/// The last eighth of the room is kept for runs with little outstanding, so that a run which begins
/// while another one's slow hosts hold all the rest is served at once.
@Pure
final class Frontier {

    private final int maxOutstanding;
    private final int reserve;

    Frontier(int maxOutstanding) {
        this.maxOutstanding = maxOutstanding;
        this.reserve = maxOutstanding / 8;
    }

    /// A run with URLs that wait.
    ///
    /// @param outstanding its URLs that are with the collectors
    /// @param lanes its hosts with URLs that wait, the one that was served longest ago first
    record WaitingRun(UUID id, int outstanding, List<Lane> lanes) {}

    /// @param pending how many URLs of the run wait for the host
    record Lane(String host, int pending) {}

    /// So many URLs of this run at this host are to be dispatched.
    record Slice(UUID run, String host, int count) {}

    /// @param outstanding URLs that are with the collectors, of all runs
    /// @param busy of these, how many at each host
    /// @param window how many may be outstanding at a host
    List<Slice> decide(
            List<WaitingRun> runs,
            int outstanding,
            Map<String, Integer> busy,
            ToIntFunction<String> window) {
        Map<String, Integer> room = new HashMap<>();
        PriorityQueue<Share> queue =
                new PriorityQueue<>(
                        Comparator.comparingInt((Share share) -> share.outstanding)
                                .thenComparing(share -> share.run.id()));
        for (WaitingRun run : runs) {
            for (Lane lane : run.lanes()) {
                room.computeIfAbsent(
                        lane.host(), host -> window.applyAsInt(host) - busy.getOrDefault(host, 0));
            }
            queue.add(new Share(run));
        }
        int free = maxOutstanding - outstanding;
        List<Share> served = new ArrayList<>();
        while (free > 0 && !queue.isEmpty()) {
            Share share = queue.remove();
            boolean mayTake = free > reserve || share.outstanding < reserve || reserve == 0;
            if (mayTake && share.takeOne(room)) {
                free--;
                queue.add(share);
            } else {
                served.add(share);
            }
        }
        served.addAll(queue);
        return served.stream().flatMap(share -> share.slices().stream()).toList();
    }

    /// What one run gets in this decision.
    private static final class Share {

        private final WaitingRun run;
        private final List<Lane> open;
        private final Map<String, Integer> taken = new LinkedHashMap<>();
        private int outstanding;
        private int next;

        Share(WaitingRun run) {
            this.run = run;
            this.open = new ArrayList<>(run.lanes());
            this.outstanding = run.outstanding();
        }

        /// One URL of the next lane in turn that has one and whose host has room.
        boolean takeOne(Map<String, Integer> room) {
            while (!open.isEmpty()) {
                next = next < open.size() ? next : 0;
                Lane lane = open.get(next);
                int before = taken.getOrDefault(lane.host(), 0);
                int left = room.getOrDefault(lane.host(), 0);
                if (left > 0 && before < lane.pending()) {
                    room.put(lane.host(), left - 1);
                    taken.put(lane.host(), before + 1);
                    outstanding++;
                    next++;
                    return true;
                }
                open.remove(next);
            }
            return false;
        }

        List<Slice> slices() {
            return taken.entrySet().stream()
                    .map(entry -> new Slice(run.id(), entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
