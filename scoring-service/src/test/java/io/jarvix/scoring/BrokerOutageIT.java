package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.TopicCreation;
import io.jarvix.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes away while scores are on their way to it, for longer than a send is tried.
class BrokerOutageIT {

    private static final int PAGES = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir Path folder;

    @Test
    void everyRecordHasItsScoreWhenTheBrokerIsBack() throws Exception {
        Path data = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        UUID run = UUID.randomUUID();
        Map<Integer, PageResult> expected = new HashMap<>();
        try {
            TopicCreation.createMissing(broker.bootstrapServers(), 2, (short) 1, 30_000);
            int port = broker.port();
            try (ServiceProcess service =
                    ServiceProcess.on(
                            broker,
                            folder.resolve("service.log"),
                            "-Dmp.messaging.outgoing.scoring-scores-out.delivery.timeout.ms=1500",
                            "-Dmp.messaging.outgoing.scoring-scores-out.request.timeout.ms=1000")) {
                try (TestBroker neighbours = new TestBroker(broker.bootstrapServers())) {
                    expected.putAll(ManyPages.send(neighbours, run, 0, PAGES));
                    await().atMost(PATIENCE).until(() -> !neighbours.scores(run).isEmpty());
                }
                broker.close();
                await().atMost(PATIENCE)
                        .until(
                                () ->
                                        service.output()
                                                .contains("the broker did not take a message"));
                broker = EmbeddedBroker.start(data, port);

                try (TestBroker neighbours = new TestBroker(broker.bootstrapServers())) {
                    expected.putAll(ManyPages.send(neighbours, run, PAGES, PAGES + 100));
                    assertThat(ManyPages.results(neighbours, run, expected.size()))
                            .isEqualTo(expected);
                }
                assertThat(service.isAlive()).isTrue();
            }
        } finally {
            broker.close();
        }
    }
}
