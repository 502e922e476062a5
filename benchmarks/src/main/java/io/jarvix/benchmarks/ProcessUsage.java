package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What one process has used, read from Linux's /proc. A process that is gone has used nothing
/// more: its figures are 0.
final class ProcessUsage {

    /// USER_HZ of /proc, 100 on every Linux that Java runs on.
    private static final int TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int WAITED_FOR_SYSTEM_TIME = 14;
    private static final int SYSTEM_TIME = 12;

    private ProcessUsage() {}

    /// Processor time of the process and of its children that have ended, in milliseconds.
    static long cpuMillis(long pid) throws IOException {
        return ticks(Path.of("/proc/" + pid + "/stat"), WAITED_FOR_SYSTEM_TIME)
                * 1000
                / TICKS_PER_SECOND;
    }

    /// One thread.
    ///
    /// @param name numbers in it folded to `#`
    record ThreadTime(String name, long cpuMillis) {}

    /// Processor time of each thread that lives, by its number.
    static Map<Long, ThreadTime> threadTimes(long pid) throws IOException {
        Map<Long, ThreadTime> threads = new TreeMap<>();
        try (DirectoryStream<Path> tasks =
                Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                threads.put(
                        Long.valueOf(task.getFileName().toString()),
                        new ThreadTime(
                                text(task.resolve("comm")).strip().replaceAll("\\d+", "#"),
                                ticks(task.resolve("stat"), SYSTEM_TIME)
                                        * 1000
                                        / TICKS_PER_SECOND));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return threads;
    }

    /// The most memory the process held since it began or since [#forgetPeak], in bytes.
    static long peakResidentBytes(long pid) throws IOException {
        return kilobytes(Path.of("/proc/" + pid + "/status"), "VmHWM:") * 1024;
    }

    static long residentBytes(long pid) throws IOException {
        return kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:") * 1024;
    }

    /// The memory that is the process's own share, pages used by several divided among them, in
    /// bytes.
    static long proportionalBytes(long pid) throws IOException {
        return kilobytes(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:") * 1024;
    }

    /// Lets the peak begin anew (proc(5), clear_refs).
    static void forgetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
    }

    static String name(long pid) throws IOException {
        return text(Path.of("/proc/" + pid + "/comm")).strip();
    }

    /// The sum of the fields from user time to `last`, counted after the name in brackets (proc(5),
    /// stat).
    private static long ticks(Path stat, int last) throws IOException {
        String line = text(stat);
        if (line.isEmpty()) {
            return 0;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int field = USER_TIME; field <= last; field++) {
            sum += Long.parseLong(fields[field]);
        }
        return sum;
    }

    private static long kilobytes(Path file, String field) throws IOException {
        for (String line : text(file).lines().toList()) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        return 0;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw e;
        }
    }

    /// The process and all below it.
    static List<Long> tree(long pid) {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
    }
}
