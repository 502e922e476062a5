package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The machine and the versions, without which no figure means anything.
final class Machine {

    private static final Map<String, String> VERSIONS =
            new TreeMap<>(
                    Map.of(
                            "Quarkus", "quarkus.version",
                            "Kafka", "kafka.version",
                            "PostgreSQL", "postgres.binaries.version",
                            "parquet-java", "parquet.version",
                            "openhtmltopdf", "openhtmltopdf.version"));

    private Machine() {}

    /// Prints the table.
    static void print(Report report, Path root) throws IOException, InterruptedException {
        report.line("| machine | |");
        report.line("|---|---|");
        report.line("| processor | " + field("/proc/cpuinfo", "model name") + " |");
        report.line("| cores | " + Runtime.getRuntime().availableProcessors() + " |");
        report.line("| memory | " + field("/proc/meminfo", "MemTotal") + " |");
        report.line(
                "| kernel | "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " |");
        report.line(
                "| JDK | "
                        + System.getProperty("java.vm.version")
                        + ", "
                        + System.getProperty("java.vendor")
                        + " |");
        report.line("| JARVIX | " + commit(root) + " |");
        for (Map.Entry<String, String> version : VERSIONS.entrySet()) {
            report.line("| " + version.getKey() + " | " + version(root, version.getValue()) + " |");
        }
        report.line("| load before | " + load() + " |");
    }

    /// As the build that made what is measured states it.
    private static String version(Path root, String property) throws IOException {
        String pom = Files.readString(root.resolve("pom.xml"));
        Matcher matcher = Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<").matcher(pom);
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    /// The load averages over 1, 5 and 15 minutes: what else the machine does.
    static String load() {
        try {
            String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return fields[0] + ", " + fields[1] + ", " + fields[2];
        } catch (IOException e) {
            return "unknown";
        }
    }

    /// The load average of the last minute.
    static String loadNow() {
        return load().split(",")[0];
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(
                        line ->
                                line.toLowerCase(Locale.ROOT)
                                        .startsWith(name.toLowerCase(Locale.ROOT)))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String commit(Path root) throws IOException, InterruptedException {
        try {
            Process git =
                    new ProcessBuilder(List.of("git", "describe", "--always", "--dirty"))
                            .directory(root.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String text = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && !text.isEmpty()
                    ? "commit " + text
                    : "no git";
        } catch (IOException e) {
            return "no git";
        }
    }
}
