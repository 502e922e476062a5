package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.Topics;
import io.jarvix.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service, as several processes on one broker.
class ReplicasIT {

    private static final String GROUP = "jarvix-scoring";
    private static final int PARTITIONS = 6;
    private static final int PAGES = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    @Test
    void aReplicaThatIsKilledAndOneThatIsAddedMidwayLoseNothingAndChangeNoScore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            TopicCreation.createMissing(broker.bootstrapServers(), PARTITIONS, (short) 1, 30_000);
            try (ServiceProcess first = ServiceProcess.on(broker, folder.resolve("first.log"));
                    ServiceProcess second =
                            ServiceProcess.on(broker, folder.resolve("second.log"));
                    TestBroker neighbours = new TestBroker(broker.bootstrapServers())) {
                Set<String> membersBefore = awaitFourMembers(neighbours, Set.of());
                UUID run = UUID.randomUUID();
                Map<Integer, PageResult> expected = ManyPages.send(neighbours, run, 0, PAGES);
                await().atMost(PATIENCE).until(() -> !neighbours.scores(run).isEmpty());

                first.kill();
                long sent = sum(neighbours.ends(Topics.RAW_RECORDS));
                assertThat(sum(neighbours.committed(GROUP, Topics.RAW_RECORDS)))
                        .as("the one that was killed had work in hand")
                        .isLessThan(sent);

                try (ServiceProcess third =
                        ServiceProcess.on(broker, folder.resolve("third.log"))) {
                    expected.putAll(ManyPages.send(neighbours, run, PAGES, 2 * PAGES));
                    awaitFourMembers(neighbours, membersBefore);
                    expected.putAll(ManyPages.send(neighbours, run, 2 * PAGES, 2 * PAGES + 500));
                    assertThat(ManyPages.results(neighbours, run, expected.size()))
                            .isEqualTo(expected);
                    assertThat(second.isAlive()).isTrue();
                    assertThat(third.isAlive()).isTrue();
                }
            }
        }
    }

    /// Two processes of two workers each, all of which have partitions.
    ///
    /// @param before members of an earlier time: two of these four may be of them
    private static Set<String> awaitFourMembers(TestBroker neighbours, Set<String> before) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            Map<String, Long> owners = neighbours.partitionsOfMembers(GROUP);
                            return owners.size() == 4
                                    && sum(owners) == PARTITIONS
                                    && owners.values().stream().allMatch(count -> count >= 1)
                                    && owners.keySet().stream().filter(before::contains).count()
                                            <= 2;
                        });
        return Set.copyOf(neighbours.partitionsOfMembers(GROUP).keySet());
    }

    private static long sum(Map<?, Long> numbers) {
        return numbers.values().stream().mapToLong(Long::longValue).sum();
    }
}
