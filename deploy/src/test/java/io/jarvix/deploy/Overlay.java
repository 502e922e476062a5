package io.jarvix.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The documents of one overlay of deploy/kubernetes.
record Overlay(String name, List<Document> documents) {

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(Repository.file("deploy/kubernetes/overlays"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    /// As `kubectl kustomize` gives it: what a cluster gets.
    static Overlay rendered(String name) throws IOException, InterruptedException {
        String output = CheckTools.output("kubectl", "kustomize", folder(name).toString());
        return new Overlay(
                name, Repository.yamlDocuments(output).stream().map(Document::new).toList());
    }

    /// The files of the overlay put together without kubectl: resources, components and generated
    /// ConfigMaps and Secrets. Patches, labels, namespaces and image names are not applied.
    static Overlay assembled(String name) {
        Parts parts = new Parts(new ArrayList<>(), new LinkedHashMap<>());
        collect(folder(name), parts);
        List<Document> documents = new ArrayList<>(parts.documents());
        parts.generated()
                .forEach(
                        (key, values) -> {
                            ObjectNode json =
                                    Repository.JSON
                                            .createObjectNode()
                                            .put("apiVersion", "v1")
                                            .put("kind", key.kind());
                            json.putObject("metadata").put("name", key.name());
                            ObjectNode data =
                                    json.putObject(
                                            key.kind().equals("Secret") ? "stringData" : "data");
                            values.forEach(data::put);
                            documents.add(new Document(json));
                        });
        return new Overlay(name, List.copyOf(documents));
    }

    /// The values of the ConfigMap that all services read.
    Map<String, String> configuration() {
        return documents.stream()
                .filter(document -> document.kind().equals("ConfigMap"))
                .findFirst()
                .map(document -> Document.strings(document.json().path("data")))
                .orElseThrow();
    }

    List<Document> ofKind(String kind) {
        return documents.stream().filter(document -> document.kind().equals(kind)).toList();
    }

    Stream<Document> workloads() {
        return documents.stream().filter(document -> document.podTemplate().isPresent());
    }

    private static Path folder(String name) {
        return Repository.file("deploy/kubernetes/overlays/" + name);
    }

    private static void collect(Path folder, Parts parts) {
        JsonNode kustomization = Repository.yaml(folder.resolve("kustomization.yaml"));
        Stream.concat(
                        Document.elements(kustomization.path("resources")),
                        Document.elements(kustomization.path("components")))
                .map(entry -> folder.resolve(entry.asText()).normalize())
                .forEach(
                        path -> {
                            if (Files.isDirectory(path)) {
                                collect(path, parts);
                            } else {
                                Repository.yamlDocuments(Repository.text(path)).stream()
                                        .map(Document::new)
                                        .forEach(parts.documents()::add);
                            }
                        });
        generate(kustomization.path("configMapGenerator"), "ConfigMap", folder, parts);
        generate(kustomization.path("secretGenerator"), "Secret", folder, parts);
    }

    private static void generate(JsonNode generators, String kind, Path folder, Parts parts) {
        for (JsonNode generator : generators) {
            Map<String, String> values =
                    parts.generated()
                            .computeIfAbsent(
                                    new Key(kind, generator.path("name").asText()),
                                    key -> new LinkedHashMap<>());
            Document.elements(generator.path("envs"))
                    .map(file -> folder.resolve(file.asText()))
                    .forEach(file -> values.putAll(Repository.environment(file)));
            Document.elements(generator.path("literals"))
                    .map(literal -> literal.asText().split("=", 2))
                    .forEach(pair -> values.put(pair[0], pair[1]));
        }
    }

    private record Key(String kind, String name) {}

    private record Parts(List<Document> documents, Map<Key, Map<String, String>> generated) {}
}
