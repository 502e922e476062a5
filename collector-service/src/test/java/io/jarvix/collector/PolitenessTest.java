package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.collector.Politeness.Ending;
import io.jarvix.collector.Politeness.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolitenessTest {

    private static final PolitenessLimits LIMITS =
            new PolitenessLimits(100, 50, 4, 0, 1_000, 120_000, 1_000);

    private static PolitenessLimits limits(int total, int perHost, int delay) {
        return new PolitenessLimits(
                total, Math.max(1, total / 2), perHost, delay, 1_000, 120_000, 50);
    }

    /// A schedule on a virtual clock: requests come, go out after a while, take their time and end
    /// in every way. Checked at each start is what the class promises, from outside.
    @Property(tries = 300)
    void theHostsAreSparedWhateverComes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int hosts,
            @ForAll @IntRange(min = 1, max = 20) int total,
            @ForAll @IntRange(min = 1, max = 6) int perHost,
            @ForAll @IntRange(min = 0, max = 700) int delay) {
        new Schedule(seed, hosts, limits(total, perHost, delay)).runToTheEnd();
    }

    /// What an observer outside sees, and nothing of the class's own state.
    private static final class Schedule {
        private record Running(Turn<Integer> turn, long sentAt, long endsAt, boolean sent) {}

        private record Wanted(String host, PolitenessLimits.Wish wish) {}

        private final Random random;
        private final int hosts;
        private final PolitenessLimits limits;
        private final Politeness<Integer> politeness;
        private final List<Wanted> wanted = new ArrayList<>();
        private final PriorityQueue<Running> running =
                new PriorityQueue<>((a, b) -> Long.compare(next(a), next(b)));
        private final Map<String, Integer> out = new HashMap<>();
        private final Map<String, Long> lastSent = new HashMap<>();
        private final Map<String, Long> pausedUntil = new HashMap<>();
        private final Map<String, Integer> ceiling = new HashMap<>();
        private int started;
        private long now;

        Schedule(long seed, int hosts, PolitenessLimits limits) {
            this.random = new Random(seed);
            this.hosts = hosts;
            this.limits = limits;
            this.politeness = new Politeness<>(limits);
        }

        void runToTheEnd() {
            int asks = 150;
            while (started < asks || !running.isEmpty()) {
                for (int i = random.nextInt(20); i > 0 && wanted.size() < asks; i--) {
                    ask();
                }
                startAll();
                assertThat(politeness.out()).isEqualTo(running.size());
                advance(wanted.size() < asks);
            }
            assertThat(politeness.waiting()).isZero();
            assertThat(politeness.out()).isZero();
        }

        private void ask() {
            PolitenessLimits.Wish wish =
                    switch (random.nextInt(4)) {
                        case 0 -> new PolitenessLimits.Wish(1 + random.nextInt(3), 0);
                        case 1 ->
                                new PolitenessLimits.Wish(Integer.MAX_VALUE, random.nextInt(2_000));
                        default -> PolitenessLimits.Wish.NONE;
                    };
            Wanted one = new Wanted("host" + random.nextInt(hosts), wish);
            wanted.add(one);
            politeness.ask(one.host(), wish, wanted.size() - 1, random.nextInt(10) == 0);
        }

        private void startAll() {
            while (true) {
                @Nullable Turn<Integer> turn = politeness.next(now);
                if (turn == null) {
                    return;
                }
                started++;
                check(turn);
                long sentAt = now + random.nextInt(300);
                running.add(new Running(turn, sentAt, sentAt + 1 + random.nextInt(3_000), false));
            }
        }

        private void check(Turn<Integer> turn) {
            String host = turn.host();
            Wanted one = wanted.get(turn.item());
            assertThat(one.host()).isEqualTo(host);
            int others = out.merge(host, 1, Integer::sum) - 1;
            assertThat(others).isLessThan(ceiling.getOrDefault(host, limits.perHost()));
            assertThat(others).isLessThan(one.wish().concurrency());
            assertThat(now).isGreaterThanOrEqualTo(pausedUntil.getOrDefault(host, -1L));
            assertThat(running.size()).isLessThan(limits.total());
        }

        private void advance(boolean moreComes) {
            long alarm = politeness.nextAlarm();
            long event = running.isEmpty() ? Long.MAX_VALUE : next(running.element());
            long until = Math.min(alarm, event);
            if (moreComes) {
                until = Math.min(until, now + random.nextInt(200));
            }
            assertThat(until).as("something always happens next").isLessThan(Long.MAX_VALUE);
            now = Math.max(now, until);
            while (!running.isEmpty() && next(running.element()) <= now) {
                happen(running.remove());
            }
        }

        private static long next(Running one) {
            return one.sent() ? one.endsAt() : one.sentAt();
        }

        private void happen(Running one) {
            String host = one.turn().host();
            if (!one.sent() && random.nextInt(20) > 0) {
                long delay =
                        Math.max(
                                limits.delayMillis(),
                                wanted.get(one.turn().item()).wish().delayMillis());
                Long before = lastSent.put(host, now);
                if (before != null) {
                    assertThat(now - before).isGreaterThanOrEqualTo(delay);
                }
                politeness.sent(one.turn(), now);
                running.add(new Running(one.turn(), one.sentAt(), one.endsAt(), true));
                return;
            }
            out.merge(host, -1, Integer::sum);
            politeness.end(one.turn(), ending(host, one.sent()), now);
        }

        private Ending ending(String host, boolean sent) {
            int dice = sent ? random.nextInt(10) : 9;
            if (dice == 0) {
                long pause = random.nextInt(5_000);
                pausedUntil.merge(host, now + pause, Math::max);
                return new Ending.Refusing(pause);
            }
            return switch (dice) {
                case 1 -> new Ending.Silent();
                case 9 -> new Ending.Unused();
                default -> new Ending.Good();
            };
        }
    }

    private final Politeness<String> politeness = new Politeness<>(LIMITS);

    private List<Turn<String>> start(long now) {
        List<Turn<String>> started = new ArrayList<>();
        while (true) {
            @Nullable Turn<String> turn = politeness.next(now);
            if (turn == null) {
                return started;
            }
            politeness.sent(turn, now);
            started.add(turn);
        }
    }

    private void ask(String host, int times) {
        for (int i = 0; i < times; i++) {
            politeness.ask(host, PolitenessLimits.Wish.NONE, host + i, false);
        }
    }

    private void end(List<Turn<String>> turns, Ending ending, long now) {
        turns.forEach(turn -> politeness.end(turn, ending, now));
    }

    @Test
    void a429HalvesTheLimitOnceForAllThatWereOnTheirWay() {
        ask("a", 20);
        List<Turn<String>> first = start(0);
        assertThat(first).hasSize(4);

        end(first, new Ending.Refusing(3_000), 100);

        assertThat(start(3_099)).isEmpty();
        assertThat(start(3_100)).hasSize(2);
    }

    @Test
    void tenGoodAnswersInARowRaiseAHalvedLimitByOne() {
        ask("a", 60);
        end(start(0), new Ending.Refusing(0), 1);
        for (int i = 0; i < 5; i++) {
            List<Turn<String>> two = start(2 + i);
            assertThat(two).hasSize(2);
            end(two, new Ending.Good(), 2 + i);
        }
        assertThat(start(100)).hasSize(3);
    }

    @Test
    void aLongRetryAfterIsCapped() {
        ask("a", 5);
        end(start(0), new Ending.Refusing(Integer.MAX_VALUE), 0);

        assertThat(politeness.nextAlarm()).isEqualTo(Long.MAX_VALUE);
        assertThat(start(0)).isEmpty();
        assertThat(politeness.nextAlarm()).isEqualTo(LIMITS.maxBackOffMillis());
    }

    @Test
    void aHostThatSaysNothingIsPausedLongerEachTime() {
        ask("a", 10);
        end(start(0), new Ending.Silent(), 0);
        assertThat(start(999)).isEmpty();
        end(start(1_000), new Ending.Silent(), 1_000);
        assertThat(start(2_999)).isEmpty();
        assertThat(start(3_000)).hasSize(1);
    }

    @Test
    void deadHostsHoldAtMostHalfOfAllTurns() {
        for (int i = 0; i < 200; i++) {
            ask("dead" + i, 2);
        }
        for (int i = 0; i < 200; i++) {
            end(start(0), new Ending.Silent(), 0);
        }
        assertThat(politeness.waiting()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            ask("dead" + i, 1);
        }
        List<Turn<String>> dead = start(10_000);
        assertThat(dead).hasSize(LIMITS.ofSuspects());

        ask("alive", 3);

        assertThat(start(10_001)).extracting(Turn::host).containsExactly("alive", "alive", "alive");
    }

    @Test
    void aBusyHostDoesNotKeepOthersWaiting() {
        ask("slow", 500);
        ask("quick", 1);

        assertThat(start(0)).extracting(Turn::host).contains("quick").hasSize(5);
    }

    @Test
    void aHostIsForgottenWhenThereIsNothingToRemember() {
        ask("a", 1);
        end(start(0), new Ending.Good(), 10);
        assertThat(politeness.knownHosts()).isZero();

        ask("b", 1);
        end(start(20), new Ending.Refusing(5_000), 30);
        assertThat(politeness.knownHosts()).isEqualTo(1);

        assertThat(start(30 + 11 * 60 * 1_000)).isEmpty();
        assertThat(politeness.knownHosts()).isZero();
    }

    @Test
    void theMemoryOfHostsIsBounded() {
        for (int i = 0; i < 3_000; i++) {
            ask("host" + i, 1);
            end(start(i), new Ending.Refusing(60_000), i);
        }
        assertThat(politeness.knownHosts()).isLessThanOrEqualTo(LIMITS.remembered());
    }
}
