package io.jarvix.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One run of the suite, from POST to PDF, measured.
///
/// @param seconds from POST to the end of the last URL
/// @param sustained URLs per second between the tenth and the ninetieth hundredth of the run
/// @param printed seconds from POST to the report in our hands
/// @param origin the origin's counters
record SuiteRun(
        Accounting accounting,
        int urls,
        double seconds,
        double sustained,
        double printed,
        Meter.Measured used,
        long originCpuMillis,
        JsonNode origin) {

    private static final int LOOK_MILLIS = 200;
    private static final Set<String> ENDS = Set.of("COMPLETED", "CANCELLED", "EXPIRED");
    private static final Set<String> OPEN = Set.of("PENDING", "DISPATCHED");

    private record Progress(double seconds, int ended) {}

    double urlsPerSecond() {
        return urls / seconds;
    }

    /// Of the suite's process alone.
    double cpuMillisPerUrl() {
        return (double) used.of("suite").cpuMillis() / urls;
    }

    double databaseMillisPerUrl() {
        return (double) used.of("suite").childrenCpuMillis() / urls;
    }

    static SuiteRun measure(Bench bench, Suite suite, RunningOrigin origin, int count)
            throws IOException, InterruptedException {
        int first = Bench.freshPages(count);
        Path seeds = bench.seeds(origin, first, count);
        origin.reset();
        long originBefore = ProcessUsage.cpuMillis(origin.process().workerPid());
        try (Meter meter = Meter.start(suite.process())) {
            long begin = System.nanoTime();
            String id = suite.submit(seeds);
            List<Progress> progress = new ArrayList<>();
            JsonNode run = suite.run(id);
            while (!ENDS.contains(run.get("state").asText()) && seconds(begin) < allowed(count)) {
                progress.add(new Progress(seconds(begin), ended(run)));
                Thread.sleep(LOOK_MILLIS);
                run = suite.run(id);
            }
            progress.add(new Progress(seconds(begin), ended(run)));
            byte[] pdf = suite.report(id);
            double printed = seconds(begin);
            Meter.Measured used = meter.stop();
            long originCpu = ProcessUsage.cpuMillis(origin.process().workerPid()) - originBefore;
            JsonNode counters = origin.counters();
            return new SuiteRun(
                    accounting(suite, id, run, origin.plan(), first, count, pdf),
                    count,
                    first(progress, count),
                    sustained(progress, count),
                    printed,
                    used,
                    originCpu,
                    counters);
        }
    }

    /// Every line of the ledger against the plan; a run without a report accounts for nothing.
    private static Accounting accounting(
            Suite suite, String id, JsonNode run, SitePlan plan, int first, int count, byte[] pdf)
            throws IOException, InterruptedException {
        boolean printed =
                new String(pdf, 0, Math.min(4, pdf.length), StandardCharsets.ISO_8859_1)
                        .equals("%PDF");
        if (!printed || run.get("submitted").asInt() != count) {
            return new Accounting(count, 0, 0);
        }
        int asPlanned = 0;
        String cursor = "";
        do {
            JsonNode page = suite.urls(id, cursor);
            for (JsonNode line : page.get("items")) {
                SitePlan.Page planned = plan.page(first + line.get("ordinal").asInt() - 1);
                if (planned.behaviour().ledgerState().equals(line.get("state").asText())) {
                    asPlanned++;
                }
            }
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        return new Accounting(count, ended(run), asPlanned);
    }

    private static int ended(JsonNode run) {
        int ended = 0;
        for (Map.Entry<String, JsonNode> state : run.get("counts").properties()) {
            if (!OPEN.contains(state.getKey())) {
                ended += state.getValue().asInt();
            }
        }
        return ended;
    }

    /// A run that takes longer is given up, and counted as it stands: ten minutes, and as if at 20
    /// URLs/s.
    private static double allowed(int count) {
        return 600 + count / 20.0;
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /// When so many URLs had ended.
    private static double first(List<Progress> progress, int count) {
        return progress.stream()
                .filter(point -> point.ended() >= count)
                .mapToDouble(Progress::seconds)
                .findFirst()
                .orElse(progress.getLast().seconds());
    }

    private static double sustained(List<Progress> progress, int count) {
        Progress begin = at(progress, count / 10);
        Progress end = at(progress, count * 9 / 10);
        return (end.ended() - begin.ended()) / (end.seconds() - begin.seconds());
    }

    private static Progress at(List<Progress> progress, int ended) {
        return progress.stream()
                .filter(point -> point.ended() >= ended)
                .findFirst()
                .orElse(progress.getLast());
    }
}
