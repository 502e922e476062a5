package io.jarvix.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Measures processes and their children from the moment it is started: processor time exactly,
/// memory of a Java process by the kernel's own peak, that of a database by samples of its
/// processes' proportional share.
final class Meter implements AutoCloseable {

    private static final int SAMPLE_MILLIS = 250;
    private static final int MOST_THREADS_LISTED = 12;

    private final List<ManagedProcess> processes;
    private final Map<Long, Map<String, Long>> threadsBefore = new LinkedHashMap<>();
    private final Map<Long, Long> cpuBefore = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> sampling;
    private volatile long peakTogether;

    /// What one process and its children used.
    ///
    /// @param threads processor time per kind of thread of the process itself
    /// @param childrenCpuMillis of its children, such as a database
    /// @param peakBytes of the process itself
    record Used(
            String name,
            long cpuMillis,
            long childrenCpuMillis,
            long peakBytes,
            Map<String, Long> threads) {

        /// The kinds of thread that used most, in milliseconds per unit of work.
        String split(int units) {
            return threads.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(MOST_THREADS_LISTED)
                    .map(t -> t.getKey() + ' ' + Figures.two((double) t.getValue() / units))
                    .collect(Collectors.joining(", "));
        }
    }

    /// @param peakTogether the most memory that all of them and their children held at one time
    record Measured(List<Used> processes, long peakTogether) {

        Used of(String name) {
            return processes.stream()
                    .filter(used -> used.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Meter(List<ManagedProcess> processes) throws IOException {
        this.processes = processes;
        for (ManagedProcess process : processes) {
            long pid = process.workerPid();
            ProcessUsage.forgetPeak(pid);
            threadsBefore.put(pid, ProcessUsage.cpuMillisPerThread(pid));
            for (long each : process.all()) {
                cpuBefore.put(each, ProcessUsage.cpuMillis(each));
            }
        }
        sampling = timer.scheduleAtFixedRate(this::sample, 0, SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    static Meter start(ManagedProcess... processes) throws IOException {
        return new Meter(List.of(processes));
    }

    Measured stop() throws IOException {
        sampling.cancel(false);
        sample();
        List<Used> used = new ArrayList<>();
        for (ManagedProcess process : processes) {
            long pid = process.workerPid();
            long children = 0;
            for (long each : process.all()) {
                if (each != pid) {
                    children += since(each);
                }
            }
            used.add(
                    new Used(
                            process.name(),
                            since(pid),
                            children,
                            ProcessUsage.peakResidentBytes(pid),
                            threadsSince(pid)));
        }
        return new Measured(used, peakTogether);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private long since(long pid) throws IOException {
        return ProcessUsage.cpuMillis(pid) - cpuBefore.getOrDefault(pid, 0L);
    }

    private Map<String, Long> threadsSince(long pid) throws IOException {
        Map<String, Long> before = threadsBefore.getOrDefault(pid, Map.of());
        Map<String, Long> since = new TreeMap<>();
        ProcessUsage.cpuMillisPerThread(pid)
                .forEach((name, millis) -> since.put(name, millis - before.getOrDefault(name, 0L)));
        return since;
    }

    private void sample() {
        try {
            long together = 0;
            for (ManagedProcess process : processes) {
                for (long pid : process.all()) {
                    together +=
                            pid == process.workerPid()
                                    ? ProcessUsage.residentBytes(pid)
                                    : ProcessUsage.proportionalBytes(pid);
                }
            }
            peakTogether = Math.max(peakTogether, together);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
