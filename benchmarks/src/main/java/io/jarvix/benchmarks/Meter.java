package io.jarvix.benchmarks;

import io.jarvix.benchmarks.ProcessUsage.ThreadTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Measures processes and their children from the moment it is started: processor time exactly,
/// memory of a Java process by the kernel's own peak, that of a database by samples of its
/// processes' proportional share. A thread that ends while it is measured counts with what it had
/// used when it was last looked at.
final class Meter implements AutoCloseable {

    private static final int SAMPLE_MILLIS = 250;
    private static final int THREADS_SAMPLE_MILLIS = 2_000;
    private static final int MOST_THREADS_LISTED = 12;

    private final List<ManagedProcess> processes;
    private final Map<Long, Map<Long, ThreadTime>> threadsBefore = new LinkedHashMap<>();
    private final Map<Long, Map<Long, ThreadTime>> threadsSeen = new ConcurrentHashMap<>();
    private final Map<Long, Long> cpuBefore = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<ScheduledFuture<?>> sampling;
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
            threadsBefore.put(pid, ProcessUsage.threadTimes(pid));
            for (long each : process.all()) {
                cpuBefore.put(each, ProcessUsage.cpuMillis(each));
            }
        }
        sampling =
                List.of(
                        every(SAMPLE_MILLIS, this::sampleMemory),
                        every(THREADS_SAMPLE_MILLIS, this::sampleThreads));
    }

    static Meter start(ManagedProcess... processes) throws IOException {
        return new Meter(List.of(processes));
    }

    Measured stop() throws IOException {
        for (ScheduledFuture<?> each : sampling) {
            each.cancel(false);
        }
        sampleMemory();
        sampleThreads();
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

    private Map<String, Long> threadsSince(long pid) {
        Map<Long, ThreadTime> before = threadsBefore.getOrDefault(pid, Map.of());
        Map<String, Long> since = new TreeMap<>();
        threadsSeen
                .getOrDefault(pid, Map.of())
                .forEach(
                        (number, thread) -> {
                            ThreadTime begun = before.get(number);
                            long already = begun == null ? 0 : begun.cpuMillis();
                            since.merge(thread.name(), thread.cpuMillis() - already, Long::sum);
                        });
        return since;
    }

    private ScheduledFuture<?> every(int millis, Runnable sample) {
        return timer.scheduleAtFixedRate(sample, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void sampleThreads() {
        try {
            for (ManagedProcess process : processes) {
                long pid = process.workerPid();
                threadsSeen
                        .computeIfAbsent(pid, p -> new ConcurrentHashMap<>())
                        .putAll(ProcessUsage.threadTimes(pid));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sampleMemory() {
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
