package io.jarvix.benchmarks;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;

/// The scoring service alone: a backlog of raw records in Kafka, scored by 1, 2 and 4 workers in
/// one process.
final class ScoringCase implements Case {

    private static final String GROUP = "jarvix-scoring";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "scoring";
    }

    @Override
    public String about() {
        return "scoring-service over a backlog in Kafka with 1, 2 and 4 workers: pages/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int warmUp = bench.sized(10_000, 1_500);
        int pages = bench.sized(20_000, 3_000);
        Report.Table table =
                bench.report()
                        .table(
                                "Scoring",
                                about()
                                        + ". Kafka to Kafka, broker on the same cores; measured after "
                                        + Figures.whole(warmUp)
                                        + " pages of warm-up in the same process.",
                                "workers",
                                "pages",
                                "pages/s",
                                "of one worker",
                                "scoring CPU ms/page",
                                "broker CPU ms/page",
                                "peak RSS",
                                "load");
        try (RunningBroker broker = bench.broker();
                Kafka kafka = new Kafka(broker.bootstrapServers())) {
            UUID run = UUID.randomUUID();
            fill(kafka, run, warmUp + pages);
            double one = 0;
            for (int workers : bench.quick() ? new int[] {1, 2} : new int[] {1, 2, 4}) {
                double rate =
                        measure(bench, table, broker, kafka, run, workers, warmUp, pages, one);
                one = workers == 1 ? rate : one;
            }
        }
    }

    private static void fill(Kafka kafka, UUID run, int pages) {
        Records records = new Records(Bench.CLEAN);
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            for (int i = 0; i < pages; i++) {
                Kafka.send(producer, records.raw(run, i + 1, i));
            }
        }
    }

    private static double measure(
            Bench bench,
            Report.Table table,
            RunningBroker broker,
            Kafka kafka,
            UUID run,
            int workers,
            int warmUp,
            int pages,
            double one)
            throws IOException, InterruptedException {
        kafka.forget(GROUP);
        long before = kafka.written(Topics.SCORES);
        try (ManagedProcess scoring =
                bench.service(
                        "scoring-service",
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                                "JARVIX_SCORING_WORKERS", Integer.toString(workers)))) {
            long begin = kafka.awaitWritten(Topics.SCORES, before + warmUp, PATIENCE);
            long atBegin = kafka.written(Topics.SCORES);
            String load = Machine.loadNow();
            try (Meter meter = Meter.start(scoring, broker.process())) {
                long end = kafka.awaitWritten(Topics.SCORES, before + warmUp + pages, PATIENCE);
                Meter.Measured used = meter.stop();
                long measured = before + warmUp + pages - atBegin;
                double rate = measured / ((end - begin) / 1e9);
                table.row(
                        accounting(kafka, run, before, warmUp + pages),
                        workers,
                        Figures.whole(measured),
                        Figures.whole(rate),
                        one == 0 ? "1.00" : Figures.two(rate / one),
                        Figures.two((double) used.of("scoring-service").cpuMillis() / measured),
                        Figures.two((double) used.of("broker").cpuMillis() / measured),
                        Figures.megabytes(used.of("scoring-service").peakBytes()),
                        load);
                return rate;
            }
        }
    }

    /// Reads all scores; those of earlier rounds are the same ordinals, and their number is known.
    private static Accounting accounting(Kafka kafka, UUID run, long earlier, int pages) {
        BitSet seen = new BitSet();
        BitSet scored = new BitSet();
        long[] messages = {0};
        kafka.read(
                Topics.SCORES,
                message -> {
                    messages[0]++;
                    PageScore score = score(message.value());
                    if (score.runId().equals(run)) {
                        seen.set(score.ordinal());
                        if (score.result() instanceof PageResult.Scored) {
                            scored.set(score.ordinal());
                        }
                    }
                });
        long now = Math.min(messages[0] - earlier, seen.cardinality());
        return new Accounting(pages, now, Math.min(now, scored.cardinality()));
    }

    private static PageScore score(byte[] message) {
        try {
            return Wire.read(message, PageScore.class);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
