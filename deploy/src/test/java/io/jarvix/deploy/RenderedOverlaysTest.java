package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules on what a cluster would get, and those that only rendering can show.
class RenderedOverlaysTest extends OverlayRules {

    private final List<Overlay> rendered = new ArrayList<>();

    @BeforeAll
    void render() throws IOException, InterruptedException {
        for (String name : Overlay.names()) {
            rendered.add(Overlay.rendered(name));
        }
    }

    @Override
    Stream<Overlay> overlays() {
        return rendered.stream();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everythingIsInOneNamespaceAndLabelled(Overlay overlay) {
        assertThat(overlay.documents())
                .allSatisfy(
                        document -> {
                            assertThat(
                                            document.json()
                                                    .at("/metadata/labels")
                                                    .path("app.kubernetes.io/part-of")
                                                    .asText())
                                    .isIn("jarvix", "");
                            assertThat(document.json().at("/metadata/namespace").asText())
                                    .isEqualTo(document.kind().equals("Namespace") ? "" : "jarvix");
                        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void ourImagesHaveAVersion(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment"))
                .allSatisfy(
                        deployment ->
                                assertThat(
                                                deployment
                                                        .containers()
                                                        .getFirst()
                                                        .path("image")
                                                        .asText())
                                        .matches(".*jarvix/" + deployment.name() + ":\\d.*"));
    }

    /// The Secret may come from the operator; a ConfigMap must be among the documents, by the name
    /// that carries its hash.
    @ParameterizedTest
    @MethodSource("overlays")
    void referencesLeadSomewhere(Overlay overlay) {
        Map<String, Set<String>> names =
                overlay.documents().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Document::kind,
                                        Collectors.mapping(Document::name, Collectors.toSet())));
        assertThat(overlay.ofKind("Deployment").stream().flatMap(d -> d.containers().stream()))
                .allSatisfy(
                        container -> {
                            assertThat(names.get("ConfigMap"))
                                    .contains(
                                            container.at("/envFrom/0/configMapRef/name").asText());
                            assertThat(container.path("env"))
                                    .allSatisfy(
                                            variable ->
                                                    assertThat(
                                                                    variable.at(
                                                                                    "/valueFrom/secretKeyRef/name")
                                                                            .asText())
                                                            .matches(
                                                                    "jarvix-(database|api)(-[a-z0-9]{10})?"));
                        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theAssembledDocumentsAreTheRenderedOnes(Overlay overlay) {
        assertThat(overlay.documents())
                .extracting(d -> d.kind() + " " + d.name().replaceAll("-[a-z0-9]{10}$", ""))
                .containsExactlyInAnyOrderElementsOf(
                        Overlay.assembled(overlay.name()).documents().stream()
                                .map(Document::toString)
                                .toList());
    }
}
