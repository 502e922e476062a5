package io.jarvix.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One Kubernetes document.
record Document(JsonNode json) {

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode spec() {
        return json.path("spec");
    }

    /// The pod template of a Deployment or StatefulSet.
    Optional<JsonNode> podTemplate() {
        JsonNode template = spec().path("template");
        return template.path("spec").has("containers") ? Optional.of(template) : Optional.empty();
    }

    List<JsonNode> containers() {
        return podTemplate().stream()
                .flatMap(template -> elements(template.at("/spec/containers")))
                .toList();
    }

    Map<String, String> podLabels() {
        return strings(podTemplate().orElseThrow().at("/metadata/labels"));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }

    /// Whether a label selector (matchLabels and `In` expressions) selects these labels.
    static boolean selects(JsonNode selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(strings(selector.path("matchLabels")).entrySet())
                && elements(selector.path("matchExpressions"))
                        .allMatch(
                                expression ->
                                        elements(expression.path("values"))
                                                .map(JsonNode::asText)
                                                .toList()
                                                .contains(
                                                        labels.get(
                                                                expression.path("key").asText())));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
