package io.jarvix.scoring;

import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// One batch of raw records in, as many scores out. A batch is acknowledged when the broker has
/// every score of it, so a killed process loses nothing; what it had sent already is scored again
/// by another worker, to the same result. Each worker calls this from its own thread, for the
/// partitions that are its own, in their order.
@ApplicationScoped
class RawRecordScoring {

    private final Answers answers;
    private final Outbound outbound;

    RawRecordScoring(
            PageScorer scorer, Outbound outbound, ScoringMetrics metrics, ScoringConfig config) {
        this.answers = new Answers(scorer, metrics, config.maxPageBytes());
        this.outbound = outbound;
    }

    @Incoming("scoring-raw-records-in")
    @Blocking
    void score(ConsumerRecords<String, byte[]> batch) throws InterruptedException {
        List<ProducerRecord<String, byte[]>> sent = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, byte[]> message : batch) {
            sent.addAll(answers.to(message));
        }
        outbound.sendAll(sent);
    }
}
