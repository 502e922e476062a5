package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Topics;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A variable that no service reads would be set in vain, and nobody would notice.
class ConfigurationNamesTest {

    private static final Map<String, String> MAPPINGS =
            Map.of(
                    "io.jarvix.gateway.GatewayConfig", "jarvix.gateway",
                    "io.jarvix.collector.CollectorConfig", "jarvix.collector",
                    "io.jarvix.scoring.ScoringConfig", "jarvix.scoring",
                    "io.jarvix.pdf.PdfConfig", "jarvix.pdf");

    /// What creates the topics in each service: the same settings with the same defaults.
    private static final List<String> TOPICS_AT_START =
            Stream.of("gateway", "collector", "scoring", "pdf")
                    .map(service -> "io.jarvix." + service + ".TopicsAtStart")
                    .toList();

    private static final Pattern IN_PROPERTIES =
            Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)|^([a-z][A-Za-z0-9_.-]+)=", Pattern.MULTILINE);

    static Stream<String> overlays() throws IOException {
        return Overlay.names().stream();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyVariableOfAnOverlayIsRead(String overlay) throws Exception {
        assertThat(ours(Overlay.assembled(overlay).configuration().keySet().stream()))
                .isNotEmpty()
                .isSubsetOf(known());
    }

    @Test
    void everyVariableOfComposeIsRead() throws Exception {
        JsonNode compose = Repository.yaml(Repository.file("docker-compose.yml"));
        Stream<JsonNode> environments =
                Stream.concat(
                        Stream.of(compose.path("x-environment")),
                        Repository.SERVICES.keySet().stream()
                                .map(
                                        service ->
                                                compose.at(
                                                        "/services/" + service + "/environment")));

        assertThat(
                        ours(
                                environments.flatMap(
                                        environment ->
                                                environment.properties().stream()
                                                        .map(Map.Entry::getKey))))
                .isNotEmpty()
                .isSubsetOf(known());
    }

    @Test
    void everyServiceCreatesTopicsByTheSameSettings() throws Exception {
        Map<String, String> first = topicSettings(TOPICS_AT_START.getFirst());

        assertThat(first)
                .containsEntry(
                        "jarvix.topics.partitions", Integer.toString(Topics.DEFAULT_PARTITIONS));
        for (String other : TOPICS_AT_START) {
            assertThat(topicSettings(other)).describedAs(other).isEqualTo(first);
        }
    }

    /// The settings that the class is made from, with their defaults.
    private static Map<String, String> topicSettings(String type) throws ClassNotFoundException {
        return Arrays.stream(Class.forName(type).getDeclaredConstructors())
                .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                .map(parameter -> parameter.getAnnotation(ConfigProperty.class))
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(ConfigProperty::name, ConfigProperty::defaultValue));
    }

    private static Set<String> ours(Stream<String> variables) {
        return variables
                .filter(name -> !name.startsWith("QUARKUS_") && !name.equals("<<"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What the services read: the properties of their mappings, and what their properties files
    /// name.
    private static Set<String> known() throws Exception {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, String> mapping : MAPPINGS.entrySet()) {
            collect(Class.forName(mapping.getKey()), mapping.getValue(), names);
        }
        for (String type : TOPICS_AT_START) {
            topicSettings(type).keySet().forEach(name -> names.add(variable(name)));
        }
        for (String service : Repository.SERVICES.keySet()) {
            IN_PROPERTIES
                    .matcher(
                            Repository.text(
                                    Repository.file(
                                            service
                                                    + "/src/main/resources/application.properties")))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                    .forEach(name -> names.add(variable(name)));
        }
        return names;
    }

    /// The properties of a SmallRye mapping: a method is a property, or a group of them.
    private static void collect(Class<?> group, String prefix, Set<String> names) {
        for (Method method : group.getDeclaredMethods()) {
            String name =
                    prefix
                            + "."
                            + method.getName()
                                    .replaceAll("([A-Z])", "-$1")
                                    .toLowerCase(Locale.ROOT);
            if (method.getReturnType().getEnclosingClass() == group) {
                collect(method.getReturnType(), name, names);
            } else {
                names.add(variable(name));
            }
            WithDefault byDefault = method.getAnnotation(WithDefault.class);
            if (byDefault != null) {
                IN_PROPERTIES
                        .matcher(byDefault.value())
                        .results()
                        .map(match -> match.group(1))
                        .filter(Objects::nonNull)
                        .forEach(names::add);
            }
        }
    }

    /// MicroProfile Config, "Environment Variables Mapping Rules".
    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
