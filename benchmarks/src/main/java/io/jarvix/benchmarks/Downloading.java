package io.jarvix.benchmarks;

import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// The collector alone: from tasks in Kafka to raw records in Kafka, with the Parquet archive
/// written beside.
final class Downloading implements Case {

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final SitePlan FAR = new SitePlan(8, 200, 100, 100, 0);

    private final boolean far;

    private Downloading(boolean far) {
        this.far = far;
    }

    static Downloading near() {
        return new Downloading(false);
    }

    static Downloading far() {
        return new Downloading(true);
    }

    /// What one run of tasks through a collector used.
    record Measured(
            Accounting accounting,
            int urls,
            double seconds,
            Meter.Measured used,
            long originCpuMillis) {

        double urlsPerSecond() {
            return urls / seconds;
        }

        double cpuPerUrl(String process) {
            return (double) used.of(process).cpuMillis() / urls;
        }
    }

    @Override
    public String name() {
        return far ? "latency" : "download";
    }

    @Override
    public String about() {
        return far
                ? "collector at 100 ms latency and 100 at once: share of the limit of 1,000 URLs/s"
                : "collector at 10, 50 and 100 at once: 100 to 50,000 URLs";
    }

    @Override
    public void run(Bench bench) throws Exception {
        if (far && bench.quick()) {
            return;
        }
        Report.Table table =
                bench.report()
                        .table(
                                far ? "Downloading at 100 ms latency" : "Downloading",
                                about()
                                        + ". One collector process, tasks from Kafka, pages to Kafka and to Parquet;"
                                        + " broker and origin on the same cores. The first row of each collector is cold, the"
                                        + " compiler is still at work in the second.",
                                "at once",
                                "URLs",
                                "URLs/s",
                                far ? "of the limit" : "s",
                                "collector CPU ms/URL",
                                "broker CPU ms/URL",
                                "origin CPU ms/URL",
                                "collector peak RSS",
                                "in flight, most",
                                "per host, most",
                                "load");
        for (int concurrency : concurrencies(bench)) {
            collect(bench, table, concurrency);
        }
    }

    private List<Integer> concurrencies(Bench bench) {
        return bench.quick() || far ? List.of(100) : List.of(10, 50, 100);
    }

    private List<Integer> sizes(Bench bench) {
        if (far) {
            return List.of(2_000, 10_000, 30_000);
        }
        return bench.quick() ? List.of(500, 1_000) : List.of(100, 1_000, 5_000, 10_000, 50_000);
    }

    private void collect(Bench bench, Report.Table table, int concurrency) throws Exception {
        try (RunningOrigin origin = bench.origin(far ? FAR : Bench.CLEAN);
                RunningBroker broker = bench.broker();
                Kafka kafka = new Kafka(broker.bootstrapServers());
                ManagedProcess collector = collector(bench, broker, concurrency, Map.of())) {
            for (int urls : sizes(bench)) {
                String load = Machine.loadNow();
                Measured measured = measure(origin, broker, kafka, collector, urls);
                table.row(
                        measured.accounting(),
                        concurrency,
                        Figures.whole(urls),
                        Figures.whole(measured.urlsPerSecond()),
                        far
                                ? Figures.whole(
                                                measured.urlsPerSecond()
                                                        / (concurrency / 0.1)
                                                        * 100)
                                        + " %"
                                : Figures.one(measured.seconds()),
                        Figures.two(measured.cpuPerUrl("collector-service")),
                        Figures.two(measured.cpuPerUrl("broker")),
                        Figures.two((double) measured.originCpuMillis() / urls),
                        Figures.megabytes(measured.used().of("collector-service").peakBytes()),
                        origin.counters().get("peakInFlight").asInt(),
                        origin.counters().get("peakInFlightPerHost").asInt(),
                        load);
            }
        }
    }

    static ManagedProcess collector(
            Bench bench, RunningBroker broker, int concurrency, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> environment =
                new java.util.HashMap<>(
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                                "ARCHIVE_FOLDER", bench.folder("archive").toString(),
                                "JARVIX_COLLECTOR_CONCURRENCY", Integer.toString(concurrency),
                                "JARVIX_COLLECTOR_ALLOWED_PRIVATE_CIDRS", "127.0.0.0/8"));
        environment.putAll(more);
        return bench.service("collector-service", environment);
    }

    /// Sends tasks for pages that were not fetched before, and waits for their records.
    static Measured measure(
            RunningOrigin origin,
            RunningBroker broker,
            Kafka kafka,
            ManagedProcess collector,
            int urls)
            throws IOException, InterruptedException {
        UUID run = UUID.randomUUID();
        int first = Bench.freshPages(urls);
        origin.reset();
        long before = kafka.written(Topics.RAW_RECORDS);
        long originBefore = ProcessUsage.cpuMillis(origin.process().workerPid());
        try (Meter meter = Meter.start(collector, broker.process());
                KafkaProducer<String, byte[]> producer = kafka.producer()) {
            long begin = System.nanoTime();
            Kafka.sendAll(
                    producer,
                    IntStream.range(0, urls)
                            .mapToObj(i -> Records.task(origin, run, i + 1, first + i)));
            long end = kafka.awaitWritten(Topics.RAW_RECORDS, before + urls, PATIENCE);
            Meter.Measured used = meter.stop();
            long originCpu = ProcessUsage.cpuMillis(origin.process().workerPid()) - originBefore;
            return new Measured(
                    accounting(kafka, run, urls), urls, (end - begin) / 1e9, used, originCpu);
        }
    }

    private static Accounting accounting(Kafka kafka, UUID run, int urls) {
        BitSet seen = new BitSet();
        BitSet fetched = new BitSet();
        kafka.read(
                Topics.RAW_RECORDS,
                message -> {
                    RawRecord raw = rawRecord(message);
                    if (raw.runId().equals(run)) {
                        seen.set(raw.ordinal());
                        if (raw.outcome() instanceof FetchOutcome.Fetched && raw.bodyLength() > 0) {
                            fetched.set(raw.ordinal());
                        }
                    }
                });
        return new Accounting(urls, seen.cardinality(), fetched.cardinality());
    }

    private static RawRecord rawRecord(ConsumerRecord<String, byte[]> message) {
        @Nullable Header header = message.headers().lastHeader(Topics.RAW_RECORD_HEADER);
        try {
            return Wire.read(header == null ? null : header.value(), RawRecord.class);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }
}
