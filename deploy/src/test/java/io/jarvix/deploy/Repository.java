package io.jarvix.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of the source tree, read as what they are.
final class Repository {

    /// The services in the order of the flow, and the port of each.
    static final Map<String, Integer> SERVICES = services();

    static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            .build());

    static final ObjectMapper JSON =
            new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Repository() {}

    /// A path below the root of the source tree.
    static Path file(String path) {
        return Path.of("..").toAbsolutePath().resolve(path).normalize();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        List<JsonNode> documents = yamlDocuments(text(file));
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + " holds " + documents.size() + " documents");
        }
        return documents.getFirst();
    }

    /// The documents of a YAML stream; empty ones are left out, a key given twice is an error.
    static List<JsonNode> yamlDocuments(String text) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The value of a property of the parent pom, such as `kafka.version`.
    static String pomProperty(String name) {
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<")
                        .matcher(text(file("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalArgumentException("pom.xml has no property " + name);
        }
        return matcher.group(1);
    }

    /// The `KEY=value` lines of a file; comments start with `#`.
    static Map<String, String> environment(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(
                        line -> {
                            int equals = line.indexOf('=');
                            values.put(line.substring(0, equals), line.substring(equals + 1));
                        });
        return values;
    }

    private static Map<String, Integer> services() {
        Map<String, Integer> services = new LinkedHashMap<>();
        services.put("api-gateway", 8080);
        services.put("collector-service", 8081);
        services.put("scoring-service", 8082);
        services.put("pdf-service", 8083);
        return services;
    }
}
