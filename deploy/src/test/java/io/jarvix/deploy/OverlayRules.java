package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What must hold in every overlay, however its documents were put together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OverlayRules {

    private static final List<String> PROBES =
            List.of("startupProbe", "livenessProbe", "readinessProbe");

    abstract Stream<Overlay> overlays() throws Exception;

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDocumentHasTheFormOfItsKind(Overlay overlay) {
        assertThat(overlay.documents())
                .isNotEmpty()
                .allSatisfy(
                        document -> assertThat(KubernetesSchema.objectionTo(document)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noDocumentIsThereTwice(Overlay overlay) {
        assertThat(overlay.documents()).extracting(Document::toString).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void thereIsOneDeploymentOfEachService(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment"))
                .extracting(Document::name)
                .containsExactlyInAnyOrderElementsOf(Repository.SERVICES.keySet());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aWorkloadSelectsItsOwnPodsAndNoOthers(Overlay overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(
                        workload ->
                                assertThat(selected(overlay, workload.spec().path("selector")))
                                        .containsExactly(workload));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aServiceLeadsToAPortOfOneWorkload(Overlay overlay) {
        for (Document service : overlay.ofKind("Service")) {
            Map<String, String> selector = Document.strings(service.spec().path("selector"));
            List<Document> targets =
                    overlay.workloads()
                            .filter(w -> w.podLabels().entrySet().containsAll(selector.entrySet()))
                            .toList();
            assertThat(targets).describedAs(service.toString()).hasSize(1);
            assertThat(service.spec().path("ports"))
                    .allSatisfy(
                            port ->
                                    assertThat(ports(targets.getFirst()))
                                            .containsEntry(
                                                    port.path("targetPort").asText(),
                                                    port.path("port").asInt()));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aServiceOfOursListensOnItsOwnPort(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment"))
                .allSatisfy(
                        deployment -> {
                            int port = Repository.SERVICES.getOrDefault(deployment.name(), -1);
                            assertThat(ports(deployment)).isEqualTo(Map.of("http", port));
                            assertThat(
                                            deployment
                                                    .podTemplate()
                                                    .orElseThrow()
                                                    .at("/metadata/annotations")
                                                    .path("prometheus.io/port")
                                                    .asText())
                                    .isEqualTo(Integer.toString(port));
                        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void budgetsAndSpreadConstraintsSelectPods(Overlay overlay) {
        assertThat(overlay.ofKind("PodDisruptionBudget"))
                .extracting(Document::name)
                .containsExactlyInAnyOrderElementsOf(Repository.SERVICES.keySet());
        assertThat(overlay.ofKind("PodDisruptionBudget"))
                .allSatisfy(
                        budget ->
                                assertThat(selected(overlay, budget.spec().path("selector")))
                                        .extracting(Document::name)
                                        .containsExactly(budget.name()));
        assertThat(overlay.ofKind("Deployment"))
                .allSatisfy(
                        deployment ->
                                assertThat(
                                                deployment
                                                        .podTemplate()
                                                        .orElseThrow()
                                                        .at("/spec/topologySpreadConstraints"))
                                        .hasSize(1)
                                        .allSatisfy(
                                                constraint ->
                                                        assertThat(
                                                                        Document.selects(
                                                                                constraint.path(
                                                                                        "labelSelector"),
                                                                                deployment
                                                                                        .podLabels()))
                                                                .isTrue()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void networkPoliciesSelectPodsAndPortsThatExist(Overlay overlay) {
        assertThat(overlay.ofKind("NetworkPolicy"))
                .extracting(Document::name)
                .contains("default-deny", "dns", "public-internet");
        for (Document policy : overlay.ofKind("NetworkPolicy")) {
            assertSelectsSomething(overlay, policy, policy.spec().path("podSelector"));
            for (JsonNode rule : policy.spec().path("ingress")) {
                assertPeersExist(overlay, policy, rule.path("from"));
                List<Document> targets = selected(overlay, policy.spec().path("podSelector"));
                assertPortsExist(policy, rule, targets);
            }
            for (JsonNode rule : policy.spec().path("egress")) {
                assertPeersExist(overlay, policy, rule.path("to"));
                List<Document> targets =
                        Document.elements(rule.path("to"))
                                .flatMap(
                                        peer ->
                                                selected(overlay, peer.path("podSelector"))
                                                        .stream())
                                .toList();
                assertPortsExist(policy, rule, targets);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingGetsInOrOutThatIsNotListed(Overlay overlay) {
        Document deny =
                overlay.ofKind("NetworkPolicy").stream()
                        .filter(policy -> policy.name().equals("default-deny"))
                        .findFirst()
                        .orElseThrow();

        assertThat(deny.spec().path("podSelector")).isEmpty();
        assertThat(deny.spec().path("policyTypes"))
                .extracting(JsonNode::asText)
                .containsExactly("Ingress", "Egress");
        assertThat(deny.spec().has("ingress") || deny.spec().has("egress")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodMeetsTheRestrictedPodSecurityStandard(Overlay overlay) {
        assertThat(overlay.workloads())
                .allSatisfy(
                        workload -> {
                            JsonNode pod = workload.podTemplate().orElseThrow().path("spec");
                            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                                    .isTrue();
                            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
                            assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                                    .isEqualTo("RuntimeDefault");
                            assertThat(pod.path("automountServiceAccountToken").asBoolean(true))
                                    .isFalse();
                            assertThat(pod.has("hostNetwork") || pod.has("hostPID")).isFalse();
                        });
        assertThat(overlay.workloads().flatMap(workload -> workload.containers().stream()))
                .allSatisfy(
                        container -> {
                            JsonNode security = container.path("securityContext");
                            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                                    .isFalse();
                            assertThat(security.at("/capabilities/drop/0").asText())
                                    .isEqualTo("ALL");
                            assertThat(security.at("/capabilities/add")).isEmpty();
                            assertThat(security.has("privileged")).isFalse();
                        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void ourServicesHaveAReadOnlyRoot(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment").stream().flatMap(d -> d.containers().stream()))
                .allSatisfy(
                        container ->
                                assertThat(
                                                container
                                                        .at(
                                                                "/securityContext/readOnlyRootFilesystem")
                                                        .asBoolean())
                                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyContainerHasRequestsAndLimits(Overlay overlay) {
        assertThat(overlay.workloads().flatMap(workload -> workload.containers().stream()))
                .allSatisfy(
                        container -> {
                            for (String resource : List.of("cpu", "memory")) {
                                assertThat(container.at("/resources/requests").has(resource))
                                        .isTrue();
                                assertThat(container.at("/resources/limits").has(resource))
                                        .isTrue();
                            }
                        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void ourServicesAreProbedOnTheirPort(Overlay overlay) {
        for (Document deployment : overlay.ofKind("Deployment")) {
            JsonNode container = deployment.containers().getFirst();
            for (String probe : PROBES) {
                assertThat(container.at("/" + probe + "/httpGet/port").asText())
                        .describedAs(deployment + " " + probe)
                        .isEqualTo("http");
                assertThat(container.at("/" + probe + "/httpGet/path").asText())
                        .isIn(ProbePaths.ALL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyMountHasItsVolume(Overlay overlay) {
        Set<String> claims =
                overlay.ofKind("PersistentVolumeClaim").stream()
                        .map(Document::name)
                        .collect(Collectors.toSet());
        for (Document workload : overlay.workloads().toList()) {
            JsonNode pod = workload.podTemplate().orElseThrow().path("spec");
            Set<String> volumes = new HashSet<>();
            for (JsonNode volume : pod.path("volumes")) {
                volumes.add(volume.path("name").asText());
                JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
                assertThat(claim.isMissingNode() || claims.contains(claim.asText())).isTrue();
            }
            for (JsonNode template : workload.spec().path("volumeClaimTemplates")) {
                volumes.add(template.at("/metadata/name").asText());
            }
            Set<String> mounted =
                    workload.containers().stream()
                            .flatMap(c -> Document.elements(c.path("volumeMounts")))
                            .map(mount -> mount.path("name").asText())
                            .collect(Collectors.toSet());
            assertThat(mounted).describedAs(workload.toString()).isEqualTo(volumes);
        }
    }

    /// Applying a file again would undo `kubectl scale` and fight with an autoscaler.
    @ParameterizedTest
    @MethodSource("overlays")
    void noDeploymentFixesItsReplicas(Overlay overlay) {
        assertThat(overlay.ofKind("Deployment"))
                .allSatisfy(deployment -> assertThat(deployment.spec().has("replicas")).isFalse());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void anAutoscalerHasATargetOfItsOwn(Overlay overlay) {
        List<String> targets =
                autoscalers(overlay)
                        .map(scaler -> scaler.spec().at("/scaleTargetRef/name").asText())
                        .toList();

        assertThat(targets).doesNotHaveDuplicates();
        assertThat(Repository.SERVICES.keySet()).containsAll(targets);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noMoreConsumersThanPartitionsAreEverStarted(Overlay overlay) {
        int partitions = Integer.parseInt(overlay.configuration().get("JARVIX_TOPICS_PARTITIONS"));
        int workers = Integer.parseInt(overlay.configuration().get("JARVIX_SCORING_WORKERS"));
        Map<String, Integer> consumersOfAPod = Map.of("scoring-service", workers);

        assertThat(autoscalers(overlay))
                .allSatisfy(
                        scaler -> {
                            JsonNode spec = scaler.spec();
                            int most =
                                    spec.path("maxReplicas")
                                            .asInt(spec.path("maxReplicaCount").asInt());
                            int least =
                                    spec.path("minReplicas")
                                            .asInt(spec.path("minReplicaCount").asInt());
                            int consumers =
                                    most
                                            * consumersOfAPod.getOrDefault(
                                                    spec.at("/scaleTargetRef/name").asText(), 1);
                            assertThat(most).isGreaterThan(least);
                            assertThat(least).isPositive();
                            assertThat(consumers).isLessThanOrEqualTo(partitions);
                        });
        assertThat(partitions).isEqualTo(Topics.DEFAULT_PARTITIONS);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theImagesOfOthersHaveAFixedVersion(Overlay overlay) {
        assertThat(
                        overlay.ofKind("StatefulSet").stream()
                                .flatMap(workload -> workload.containers().stream()))
                .allSatisfy(
                        container ->
                                assertThat(container.path("image").asText())
                                        .isIn(
                                                "apache/kafka:"
                                                        + Repository.pomProperty("kafka.version"),
                                                "postgres:17"));
    }

    private static Stream<Document> autoscalers(Overlay overlay) {
        return overlay.documents().stream()
                .filter(
                        document ->
                                document.kind().equals("ScaledObject")
                                        || document.kind().equals("HorizontalPodAutoscaler"));
    }

    private static List<Document> selected(Overlay overlay, JsonNode selector) {
        return overlay.workloads()
                .filter(workload -> Document.selects(selector, workload.podLabels()))
                .toList();
    }

    private static Map<String, Integer> ports(Document workload) {
        Map<String, Integer> ports = new HashMap<>();
        workload.containers().stream()
                .flatMap(container -> Document.elements(container.path("ports")))
                .forEach(
                        port ->
                                ports.put(
                                        port.path("name").asText(),
                                        port.path("containerPort").asInt()));
        return ports;
    }

    private static void assertPeersExist(Overlay overlay, Document policy, JsonNode peers) {
        Document.elements(peers)
                .filter(peer -> peer.has("podSelector") && !peer.has("namespaceSelector"))
                .forEach(peer -> assertSelectsSomething(overlay, policy, peer.path("podSelector")));
    }

    /// Each named value of the selector must be the label of a pod; Strimzi labels its own.
    private static void assertSelectsSomething(
            Overlay overlay, Document policy, JsonNode selector) {
        if (selector.path("matchLabels").has("strimzi.io/cluster")) {
            assertThat(overlay.ofKind("Kafka"))
                    .extracting(Document::name)
                    .containsExactly(
                            selector.path("matchLabels").path("strimzi.io/cluster").asText());
            return;
        }
        assertThat(selected(overlay, selector)).describedAs(policy.toString()).isNotEmpty();
        List<String> names =
                overlay.workloads()
                        .map(workload -> workload.podLabels().get("app.kubernetes.io/name"))
                        .toList();
        assertThat(selector.path("matchExpressions"))
                .flatMap(expression -> Document.elements(expression.path("values")).toList())
                .extracting(JsonNode::asText)
                .isSubsetOf(names);
    }

    private static void assertPortsExist(Document policy, JsonNode rule, List<Document> targets) {
        Document.elements(rule.path("ports"))
                .map(port -> port.path("port"))
                .filter(JsonNode::isTextual)
                .forEach(
                        port ->
                                assertThat(targets)
                                        .describedAs(policy.toString())
                                        .isNotEmpty()
                                        .allSatisfy(
                                                target ->
                                                        assertThat(ports(target))
                                                                .containsKey(port.asText())));
    }
}
