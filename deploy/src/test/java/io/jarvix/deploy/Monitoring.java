package io.jarvix.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The queries of deploy/monitoring, and the metrics that they name.
final class Monitoring {

    static final Path FOLDER = Repository.file("deploy/monitoring");

    /// Whatever is no metric in a query: quoted values, label lists and grouping, durations,
    /// functions.
    private static final Pattern NOISE =
            Pattern.compile(
                    "\"[^\"]*\"|\\{[^}]*}|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
                            + "|\\[[^]]*]|\\boffset\\s+\\w+|\\b[a-z_]+\\s*\\(|\\b(?:and|or|unless|bool|offset|by)\\b");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private Monitoring() {}

    /// The selectors of all rules and dashboards, such as `jarvix_gateway_runs{job="jarvix"}`.
    static Set<String> selectors() {
        return Stream.concat(ruleQueries().stream(), dashboardQueries().stream())
                .flatMap(query -> selectors(query).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The selectors of a query: its metrics, each with the labels that it asks for.
    static Set<String> selectors(String query) {
        return metrics(query).stream()
                .flatMap(
                        metric ->
                                Pattern.compile("(?<![\\w:])" + metric + "(?![\\w:])(\\{[^}]*})?")
                                        .matcher(query)
                                        .results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The metrics that a query reads.
    static Set<String> metrics(String query) {
        String rest = query;
        String before;
        do {
            before = rest;
            rest = NOISE.matcher(before).replaceAll(" ");
        } while (!rest.equals(before));
        return NAME.matcher(rest)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> ruleQueries() {
        return Repository.yaml(FOLDER.resolve("alerts.yml")).findValuesAsText("expr");
    }

    /// The queries of all dashboards, with Grafana's variables replaced.
    static List<String> dashboardQueries() {
        return dashboards().stream()
                .flatMap(dashboard -> dashboard.findValuesAsText("expr").stream())
                .map(query -> query.replace("$__rate_interval", "5m"))
                .toList();
    }

    static List<JsonNode> dashboards() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("grafana/dashboards"))) {
            return files.sorted().map(Monitoring::json).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first column of METRICS.md.
    static Set<String> documentedMetrics() {
        return Pattern.compile("^\\| `(jarvix_[a-z0-9_]+)`", Pattern.MULTILINE)
                .matcher(Repository.text(FOLDER.resolve("METRICS.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// A timer or distribution shows several samples under one name.
    static String family(String sample) {
        return sample.replaceAll("_(count|sum|max|bucket)$", "");
    }

    private static JsonNode json(Path file) {
        try {
            return Repository.JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
