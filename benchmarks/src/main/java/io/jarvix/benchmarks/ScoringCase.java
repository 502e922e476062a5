package io.jarvix.benchmarks;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;

/// The scoring service alone: a backlog of raw records in Kafka, scored by 1, 2 and 4 workers in
/// one process, in turn and several times over. A ratio of two single figures says little on a
/// machine that does other things too.
final class ScoringCase implements Case {

    private static final String GROUP = "jarvix-scoring";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int ROUNDS = 3;

    /// 60 % (`deploy/images/java-options`) of 768 MB (`docker-compose.yml`). With less, full
    /// collections, which stop all workers at once, are more frequent.
    private static final String HEAP = "-Xmx460m";

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
        Backlog backlog =
                new Backlog(
                        UUID.randomUUID(),
                        bench.sized(100_000, 500),
                        bench.sized(60_000, 1_500),
                        bench.sized(20_000, 0));
        int rounds = bench.sized(ROUNDS, 1);
        List<Integer> workers = bench.quick() ? List.of(1, 2) : List.of(1, 2, 4);
        Map<Integer, List<Scored>> all = new TreeMap<>();
        try (RunningBroker broker = bench.broker();
                Kafka kafka = new Kafka(broker.bootstrapServers())) {
            fill(kafka, backlog);
            for (int round = 1; round <= rounds; round++) {
                for (int count : workers) {
                    Scored scored = measure(bench, broker, kafka, backlog, count);
                    all.computeIfAbsent(count, c -> new ArrayList<>()).add(scored);
                    bench.report()
                            .progress(
                                    "scoring: round "
                                            + round
                                            + ", workers: "
                                            + count
                                            + ", pages/s: "
                                            + Figures.whole(scored.pagesPerSecond()));
                }
            }
        }
        print(bench, backlog, rounds, all);
    }

    private void print(
            Bench bench, Backlog backlog, int rounds, Map<Integer, List<Scored>> byWorkers) {
        Report.Table table =
                bench.report()
                        .table(
                                "Scoring",
                                about()
                                        + ". Kafka to Kafka, broker on the same cores; after "
                                        + Figures.whole(backlog.warmUp())
                                        + " pages of warm-up in the same process, and with "
                                        + Figures.whole(backlog.behind())
                                        + " pages behind those that are measured, so that no worker runs out of work."
                                        + " Pages/s between the tenth and the ninetieth hundredth of the measured scores,"
                                        + " by the time that each score bears. The service has the heap of its container, 460 MB. Each number of workers was measured "
                                        + rounds
                                        + " times, in turn, each time in a new process: medians, and the lowest and"
                                        + " the highest; a ratio is that of one turn.",
                                "workers",
                                "pages",
                                "pages/s",
                                "lowest to highest",
                                "of one worker",
                                "lowest to highest",
                                "scoring CPU ms/page",
                                "broker CPU ms/page",
                                "peak RSS",
                                "load");
        List<Scored> ones = byWorkers.getOrDefault(1, List.of());
        byWorkers.forEach((workers, turns) -> row(table, backlog, workers, turns, ones));
        bench.report()
                .line("\nProcessor time of the service by kind of thread, ms/page, last turn:\n");
        byWorkers.forEach(
                (workers, turns) ->
                        bench.report()
                                .line(
                                        "- "
                                                + workers
                                                + " workers: "
                                                + turns.getLast()
                                                        .used()
                                                        .of("scoring-service")
                                                        .split(backlog.pages())));
    }

    /// What lies in Kafka for the service.
    ///
    /// @param behind pages that wait while the last ones are measured: one worker's partitions may
    ///     be ahead of another's by what it read before the other had joined
    private record Backlog(UUID run, int warmUp, int pages, int behind) {

        private int measured() {
            return warmUp + pages;
        }

        private int all() {
            return measured() + behind;
        }
    }

    private record Scored(
            Accounting accounting, double pagesPerSecond, Meter.Measured used, String load) {}

    private static void fill(Kafka kafka, Backlog backlog) throws IOException {
        Records records = new Records(Bench.CLEAN);
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            Kafka.sendAll(
                    producer,
                    IntStream.range(0, backlog.all())
                            .mapToObj(i -> records.raw(backlog.run(), i + 1, i)));
        }
    }

    private static Scored measure(
            Bench bench, RunningBroker broker, Kafka kafka, Backlog backlog, int workers)
            throws IOException, InterruptedException {
        kafka.forget(GROUP);
        long before = kafka.written(Topics.SCORES);
        long started = System.currentTimeMillis();
        try (ManagedProcess scoring =
                bench.service(
                        "scoring-service",
                        EmbeddedBroker.freePort(),
                        HEAP,
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                                "JARVIX_SCORING_WORKERS", Integer.toString(workers)))) {
            kafka.awaitWritten(Topics.SCORES, before + backlog.warmUp(), PATIENCE);
            String load = Machine.loadNow();
            try (Meter meter = Meter.start(scoring, broker.process())) {
                kafka.awaitWritten(Topics.SCORES, before + backlog.measured(), PATIENCE);
                Meter.Measured used = meter.stop();
                kafka.awaitWritten(Topics.SCORES, before + backlog.all(), PATIENCE);
                Round round = round(kafka, backlog.run(), started);
                return new Scored(
                        round.accounting(backlog.all()),
                        round.pagesPerSecond(backlog.warmUp(), backlog.pages()),
                        used,
                        load);
            }
        }
    }

    /// @param ones what one worker did in the same turns
    private static void row(
            Report.Table table,
            Backlog backlog,
            int workers,
            List<Scored> turns,
            List<Scored> ones) {
        Figures.Spread speed =
                Figures.Spread.of(turns.stream().mapToDouble(Scored::pagesPerSecond));
        Figures.Spread ratio =
                Figures.Spread.of(
                        IntStream.range(0, turns.size())
                                .mapToDouble(
                                        turn ->
                                                turns.get(turn).pagesPerSecond()
                                                        / ones.get(turn).pagesPerSecond()));
        table.row(
                turns.stream().map(Scored::accounting).reduce(Accounting::plus).orElseThrow(),
                workers,
                Figures.whole(backlog.pages()),
                Figures.whole(speed.median()),
                Figures.whole(speed.lowest()) + " to " + Figures.whole(speed.highest()),
                Figures.two(ratio.median()),
                Figures.two(ratio.lowest()) + " to " + Figures.two(ratio.highest()),
                Figures.two(cpu(turns, "scoring-service") / backlog.pages()),
                Figures.two(cpu(turns, "broker") / backlog.pages()),
                Figures.megabytes(
                        turns.stream()
                                .mapToLong(turn -> turn.used().of("scoring-service").peakBytes())
                                .max()
                                .orElseThrow()),
                turns.getLast().load());
    }

    /// The median of a process's processor time, in milliseconds.
    private static double cpu(List<Scored> turns, String process) {
        return Figures.Spread.of(
                        turns.stream().mapToDouble(turn -> turn.used().of(process).cpuMillis()))
                .median();
    }

    /// The scores of one service process.
    ///
    /// @param millis when each was sent, in order
    private record Round(long[] millis, BitSet seen, BitSet scored) {

        /// A page that was scored twice counts against the accounting.
        private Accounting accounting(int pages) {
            int once = Math.min(seen.cardinality(), 2 * seen.cardinality() - millis.length);
            return new Accounting(pages, once, Math.min(once, scored.cardinality()));
        }

        private double pagesPerSecond(int warmUp, int pages) {
            int first = warmUp + pages / 10;
            int last = warmUp + pages * 9 / 10;
            return (last - first) * 1_000.0 / (millis[last] - millis[first]);
        }
    }

    /// Reads the scores that were sent since a moment.
    private static Round round(Kafka kafka, UUID run, long started) {
        BitSet seen = new BitSet();
        BitSet scored = new BitSet();
        LongStream.Builder millis = LongStream.builder();
        kafka.read(
                Topics.SCORES,
                started,
                message -> {
                    PageScore score = score(message.value());
                    if (message.timestamp() >= started && score.runId().equals(run)) {
                        millis.add(message.timestamp());
                        seen.set(score.ordinal());
                        if (score.result() instanceof PageResult.Scored) {
                            scored.set(score.ordinal());
                        }
                    }
                });
        return new Round(millis.build().sorted().toArray(), seen, scored);
    }

    private static PageScore score(byte[] message) {
        try {
            return Wire.read(message, PageScore.class);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
