package io.jarvix.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What services show to Prometheus: the name and labels of each sample.
record Samples(List<Sample> all) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? [^ ]+.*");
    private static final Pattern LABEL =
            Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /// Labels that Prometheus adds when it scrapes.
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "service", "instance");

    record Sample(String name, Map<String, String> labels) {}

    static Samples of(List<String> scrapes) {
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample("up", Map.of()));
        scrapes.stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(java.util.regex.Matcher::matches)
                .forEach(line -> samples.add(new Sample(line.group(1), labels(line.group(2)))));
        return new Samples(samples);
    }

    Set<String> names() {
        return all.stream().map(Sample::name).collect(Collectors.toSet());
    }

    /// Those of the selectors, such as `a_total{kind=~"b|c"}`, that no sample matches.
    List<String> unmatched(Set<String> selectors) {
        return selectors.stream()
                .filter(selector -> all.stream().noneMatch(sample -> matches(selector, sample)))
                .sorted()
                .toList();
    }

    static boolean matches(String selector, Sample sample) {
        int labels = selector.indexOf('{');
        String name = labels < 0 ? selector : selector.substring(0, labels);
        return sample.name().equals(name)
                && LABEL.matcher(selector)
                        .results()
                        .filter(matcher -> !OF_THE_SCRAPE.contains(matcher.group(1)))
                        .allMatch(matcher -> matches(matcher, sample));
    }

    private static boolean matches(MatchResult matcher, Sample sample) {
        String value = sample.labels().getOrDefault(matcher.group(1), "");
        return switch (matcher.group(2)) {
            case "=" -> value.equals(matcher.group(3));
            case "!=" -> !value.equals(matcher.group(3));
            case "=~" -> value.matches(matcher.group(3));
            default -> !value.matches(matcher.group(3));
        };
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        if (text != null) {
            LABEL.matcher(text)
                    .results()
                    .forEach(label -> labels.put(label.group(1), label.group(3)));
        }
        return labels;
    }
}
