package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FrontierTest {

    @Property(tries = 2_000)
    void neverMoreThanThereIsRoomForInAllAndPerHost(
            @ForAll("runs") List<Frontier.WaitingRun> runs,
            @ForAll @IntRange(min = 1, max = 60) int max,
            @ForAll @IntRange(min = 1, max = 8) int window,
            @ForAll @IntRange(max = 8) int busyAtFirstHost) {
        int outstanding = runs.stream().mapToInt(Frontier.WaitingRun::outstanding).sum();
        Map<String, Integer> busy = Map.of("host-0", busyAtFirstHost);

        List<Frontier.Slice> slices =
                new Frontier(max).decide(runs, outstanding, busy, host -> window);

        int total = slices.stream().mapToInt(Frontier.Slice::count).sum();
        assertThat(total).isLessThanOrEqualTo(Math.max(0, max - outstanding));
        Map<String, Integer> perHost = new HashMap<>(busy);
        slices.forEach(slice -> perHost.merge(slice.host(), slice.count(), Integer::sum));
        slices.forEach(slice -> assertThat(perHost.get(slice.host())).isLessThanOrEqualTo(window));
        for (Frontier.Slice slice : slices) {
            assertThat(slice.count()).isPositive().isLessThanOrEqualTo(pending(runs, slice));
        }
        assertThat(slices.stream().map(slice -> slice.run() + slice.host()))
                .doesNotHaveDuplicates();
    }

    @Property(tries = 2_000)
    void roomIsNotLeftEmptyWhileAUrlMayGo(
            @ForAll("runs") List<Frontier.WaitingRun> runs,
            @ForAll @IntRange(min = 8, max = 60) int max) {
        int outstanding = runs.stream().mapToInt(Frontier.WaitingRun::outstanding).sum();

        List<Frontier.Slice> slices =
                new Frontier(max).decide(runs, outstanding, Map.of(), host -> 5);

        int total = slices.stream().mapToInt(Frontier.Slice::count).sum();
        int open = max - max / 8 - outstanding - total;
        if (open > 0) {
            Map<String, Integer> perHost = new HashMap<>();
            slices.forEach(slice -> perHost.merge(slice.host(), slice.count(), Integer::sum));
            for (Frontier.WaitingRun run : runs) {
                for (Frontier.Lane lane : run.lanes()) {
                    int taken =
                            slices.stream()
                                    .filter(
                                            slice ->
                                                    slice.run().equals(run.id())
                                                            && slice.host().equals(lane.host()))
                                    .mapToInt(Frontier.Slice::count)
                                    .sum();
                    assertThat(taken == lane.pending() || perHost.getOrDefault(lane.host(), 0) == 5)
                            .isTrue();
                }
            }
        }
    }

    @Example
    void aSmallRunIsServedBesideALargeOneThatHoldsAlmostAll() {
        Frontier.WaitingRun large =
                new Frontier.WaitingRun(new UUID(0, 1), 350, lanes("large", 100, 1_000));
        Frontier.WaitingRun small =
                new Frontier.WaitingRun(new UUID(0, 2), 0, lanes("small", 1, 5));

        List<Frontier.Slice> slices =
                new Frontier(400).decide(List.of(large, small), 350, Map.of(), host -> 16);

        assertThat(slices).containsExactly(new Frontier.Slice(new UUID(0, 2), "small-0", 5));
    }

    @Example
    void runsShareEquallyAndARunsHostsTakeTurns() {
        Frontier.WaitingRun one = new Frontier.WaitingRun(new UUID(0, 1), 0, lanes("one", 3, 100));
        Frontier.WaitingRun two = new Frontier.WaitingRun(new UUID(0, 2), 0, lanes("two", 1, 100));

        List<Frontier.Slice> slices =
                new Frontier(16).decide(List.of(one, two), 2, Map.of(), host -> 16);

        assertThat(slices)
                .containsExactlyInAnyOrder(
                        new Frontier.Slice(new UUID(0, 1), "one-0", 2),
                        new Frontier.Slice(new UUID(0, 1), "one-1", 2),
                        new Frontier.Slice(new UUID(0, 1), "one-2", 2),
                        new Frontier.Slice(new UUID(0, 2), "two-0", 6));
    }

    @Provide
    Arbitrary<List<Frontier.WaitingRun>> runs() {
        Arbitrary<List<Frontier.Lane>> lanes =
                Arbitraries.integers()
                        .between(0, 5)
                        .list()
                        .uniqueElements()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .map(
                                hosts ->
                                        hosts.stream()
                                                .map(h -> new Frontier.Lane("host-" + h, 1 + h * 3))
                                                .toList());
        return Combinators.combine(lanes, Arbitraries.integers().between(0, 10))
                .as(Map::entry)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(
                        entries -> {
                            List<Frontier.WaitingRun> runs = new ArrayList<>();
                            entries.forEach(
                                    entry ->
                                            runs.add(
                                                    new Frontier.WaitingRun(
                                                            new UUID(0, runs.size()),
                                                            entry.getValue(),
                                                            entry.getKey())));
                            return runs;
                        });
    }

    private static List<Frontier.Lane> lanes(String prefix, int count, int pending) {
        List<Frontier.Lane> lanes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lanes.add(new Frontier.Lane(prefix + "-" + i, pending));
        }
        return lanes;
    }

    private static int pending(List<Frontier.WaitingRun> runs, Frontier.Slice slice) {
        return runs.stream()
                .filter(run -> run.id().equals(slice.run()))
                .flatMap(run -> run.lanes().stream())
                .filter(lane -> lane.host().equals(slice.host()))
                .mapToInt(Frontier.Lane::pending)
                .sum();
    }
}
