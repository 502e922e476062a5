package io.jarvix.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What ARCHITECTURE.md says of the collector.
final class ArchitectureText {

    private static final long MEBIBYTE = 1024L * 1024;

    private ArchitectureText() {}

    /// The keys of the table of limits and their defaults, written as the configuration has them.
    static Map<String, String> limitsOfTheCollector() throws IOException {
        Map<String, String> limits = new HashMap<>();
        String text = text();
        String section =
                text.substring(
                        text.indexOf("\n### collector-service\n", text.indexOf("## Limits")));
        for (String line : section.substring(1).split("\n### ", 2)[0].lines().toList()) {
            String[] cells = line.split(" ?\\| ?");
            if (cells.length < 4) {
                continue;
            }
            List<String> keys = List.of(cells[2].split(" / "));
            List<String> values = List.of(cells[3].split(" / "));
            for (int i = 0; i < keys.size() && keys.size() == values.size(); i++) {
                limits.put(keys.get(i), plain(values.get(i)));
            }
        }
        return limits;
    }

    /// The names of the collector's metrics.
    static Set<String> metricsOfTheCollector() throws IOException {
        String metrics = text().substring(text().indexOf("\n## Metrics\n"));
        return Pattern.compile("jarvix_collector_[a-z_]+")
                .matcher(metrics)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /// The heap, in MiB, in which a hundred hostile downloads at once are said to fit.
    static int heapOfTheCollector() throws IOException {
        Matcher said = Pattern.compile("fit into a heap of (\\d+) MiB").matcher(text());
        if (!said.find()) {
            throw new AssertionError("ARCHITECTURE.md states no heap");
        }
        return Integer.parseInt(said.group(1));
    }

    private static String plain(String value) {
        return value.endsWith(" MiB")
                ? Long.toString(Long.parseLong(value.replace(" MiB", "")) * MEBIBYTE)
                : value.replace(",", "");
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("..", "ARCHITECTURE.md"));
    }
}
