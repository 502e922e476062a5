package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Pages in such numbers that something can happen while they are scored.
final class ManyPages {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ManyPages() {}

    /// Sends the lines from `begin` on; returns what their results have to be.
    static Map<Integer, PageResult> send(TestBroker neighbours, UUID run, int begin, int end) {
        PageScorer scorer = PageScorer.withBuiltInRules();
        Map<Integer, PageResult> expected = new HashMap<>();
        List<ProducerRecord<String, byte[]>> messages = new ArrayList<>();
        for (int i = begin; i < end; i++) {
            byte[] body = SamplePages.page(i % 50, 6_000).getBytes(UTF_8);
            RawRecord raw =
                    RawRecords.of(
                            run,
                            i + 1,
                            "https://shop.example/" + i,
                            "text/html; charset=utf-8",
                            body.length,
                            new FetchOutcome.Fetched());
            expected.put(i + 1, scorer.score(raw, body));
            messages.add(RawRecords.message(raw, body));
        }
        neighbours.sendAll(messages);
        return expected;
    }

    /// Waits for the results of so many lines, each of which may come more than once, but always
    /// as the same.
    static Map<Integer, PageResult> results(TestBroker neighbours, UUID run, int lines) {
        Map<Integer, PageResult> results = new HashMap<>();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            for (PageScore score : neighbours.newScores(run)) {
                                PageResult before = results.put(score.ordinal(), score.result());
                                assertThat(before == null || before.equals(score.result()))
                                        .as("a repetition says the same")
                                        .isTrue();
                            }
                            return results.size() == lines;
                        });
        return results;
    }
}
