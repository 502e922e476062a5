package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docker-compose.yml: its rules, and what `docker compose` itself says about it.
class ComposeTest {

    private static final JsonNode COMPOSE = Repository.yaml(Repository.file("docker-compose.yml"));
    private static final JsonNode ALL = COMPOSE.path("services");

    @Test
    void composeAcceptsTheFile() throws Exception {
        assertThat(CheckTools.output("docker", "compose", "config", "-q")).isBlank();
        assertThat(
                        CheckTools.output(
                                "docker", "compose", "--profile", "monitoring", "config", "-q"))
                .isBlank();
    }

    @Test
    void withoutAProfileItIsTheSuiteAlone() throws Exception {
        String output = CheckTools.output("docker", "compose", "config", "--format", "json");

        JsonNode services = Repository.JSON.readTree(output).path("services");
        assertThat(services.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        Stream.concat(
                                        Stream.of("kafka", "postgres"),
                                        Repository.SERVICES.keySet().stream())
                                .toArray(String[]::new));
    }

    @Test
    void theVersionsAreThoseOfTheBuild() {
        assertThat(ALL.at("/kafka/image").asText())
                .isEqualTo("apache/kafka:" + Repository.pomProperty("kafka.version"));
        assertThat(ALL.at("/postgres/image").asText()).isEqualTo("postgres:17");
        assertThat(ALL)
                .allSatisfy(
                        service ->
                                assertThat(service.path("image").asText())
                                        .matches("[a-z/-]+:(\\$\\{JARVIX_VERSION:-)?v?\\d[^:]*"));
    }

    @Test
    void everythingButTheFrontDoorScales() {
        for (String name : List.of("collector-service", "scoring-service", "pdf-service")) {
            assertThat(ALL.path(name).has("container_name")).isFalse();
            assertThat(ALL.path(name).has("ports")).isFalse();
            assertThat(ALL.path(name).has("hostname")).isFalse();
        }
    }

    @Test
    void onlyLoopbackIsListenedOn() {
        assertThat(ALL.findValues("ports"))
                .flatMap(ports -> Document.elements(ports).toList())
                .extracting(JsonNode::asText)
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void everyServiceIsConfinedWatchedAndBounded() {
        assertThat(ALL.properties())
                .allSatisfy(
                        entry -> {
                            JsonNode service = merged(entry.getValue());
                            assertThat(service.at("/cap_drop/0").asText()).isEqualTo("ALL");
                            assertThat(service.at("/security_opt/0").asText())
                                    .isEqualTo("no-new-privileges:true");
                            assertThat(service.path("restart").asText())
                                    .isEqualTo("unless-stopped");
                            assertThat(service.at("/deploy/resources/limits").has("memory"))
                                    .isTrue();
                            assertThat(service.at("/deploy/resources/limits").has("cpus")).isTrue();
                            assertThat(service.has("healthcheck") || service.has("build")).isTrue();
                        });
        assertThat(Repository.SERVICES.keySet())
                .allSatisfy(
                        name ->
                                assertThat(merged(ALL.path(name)).path("read_only").asBoolean())
                                        .isTrue());
    }

    @Test
    void servicesWaitForWhatTheyNeed() {
        assertThat(Repository.SERVICES.keySet())
                .allSatisfy(
                        name ->
                                assertThat(
                                                ALL.path(name)
                                                        .at("/depends_on/kafka/condition")
                                                        .asText())
                                        .isEqualTo("service_healthy"));
        assertThat(ALL.at("/api-gateway/depends_on/postgres/condition").asText())
                .isEqualTo("service_healthy");
    }

    @Test
    void eachImageIsBuiltForItsServiceAndPort() {
        assertThat(Repository.SERVICES)
                .allSatisfy(
                        (name, port) -> {
                            JsonNode build = ALL.path(name).path("build");
                            assertThat(build.at("/args/SERVICE").asText()).isEqualTo(name);
                            assertThat(build.at("/args/PORT").asInt()).isEqualTo(port);
                            assertThat(Repository.file(build.path("dockerfile").asText())).exists();
                        });
    }

    @Test
    void everyMountedFileIsThere() throws IOException {
        List<String> mounted =
                ALL.findValues("volumes").stream()
                        .flatMap(Document::elements)
                        .map(volume -> volume.asText().split(":")[0])
                        .toList();

        assertThat(mounted.stream().filter(path -> path.startsWith("./")))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Files.exists(Repository.file(path))).isTrue());
        assertThat(mounted.stream().filter(name -> !name.startsWith("./")))
                .containsExactlyInAnyOrderElementsOf(
                        COMPOSE.path("volumes").properties().stream()
                                .map(Map.Entry::getKey)
                                .toList());
    }

    /// The service with what its `<<` merges in.
    private static JsonNode merged(JsonNode service) {
        if (!service.has("<<")) {
            return service;
        }
        ObjectNode merged = COMPOSE.path("x-service").deepCopy();
        service.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        return merged;
    }
}
