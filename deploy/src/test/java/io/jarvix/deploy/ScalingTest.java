package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jarvix.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which overlay scales what, and by which measure.
class ScalingTest {

    @Test
    void productionScalesCollectorsAndScorersByLagAndTheRestByCpu() {
        Overlay production = Overlay.assembled("production");

        assertThat(targets(production, "ScaledObject"))
                .containsExactlyInAnyOrder("collector-service", "scoring-service");
        assertThat(targets(production, "HorizontalPodAutoscaler"))
                .containsExactlyInAnyOrder("api-gateway", "pdf-service");
    }

    @Test
    void withoutKedaAllScaleByCpu() {
        Overlay production = Overlay.assembled("production-hpa");

        assertThat(targets(production, "ScaledObject")).isEmpty();
        assertThat(targets(production, "HorizontalPodAutoscaler"))
                .containsExactlyInAnyOrderElementsOf(Repository.SERVICES.keySet());
    }

    @Test
    void nobodyButThePersonScalesTheLocalOverlay() {
        Overlay local = Overlay.assembled("local");

        assertThat(targets(local, "ScaledObject")).isEmpty();
        assertThat(targets(local, "HorizontalPodAutoscaler")).isEmpty();
    }

    @Test
    void lagIsMeasuredOnTopicsThatExistAndNeverPullsUpIdleConsumers() {
        Set<String> topics =
                Topics.ALL.stream().map(Topics.Topic::name).collect(Collectors.toSet());

        assertThat(Overlay.assembled("production").ofKind("ScaledObject"))
                .flatMap(scaler -> Document.elements(scaler.spec().path("triggers")).toList())
                .extracting(trigger -> trigger.path("metadata"))
                .allSatisfy(
                        lag -> {
                            assertThat(topics).contains(lag.path("topic").asText());
                            assertThat(lag.path("allowIdleConsumers").asText()).isEqualTo("false");
                            assertThat(lag.path("excludePersistentLag").asText()).isEqualTo("true");
                        });
    }

    /// The gateway bounds what is outstanding, so the lag of `urls` has a ceiling: it must be high
    /// enough to start the last collector.
    @Test
    void theLargestLagOfUrlsStartsTheLastCollector() {
        Overlay production = Overlay.assembled("production");
        JsonNode spec =
                production.ofKind("ScaledObject").stream()
                        .filter(scaler -> scaler.name().equals("collector-service"))
                        .findFirst()
                        .orElseThrow()
                        .spec();
        int outstanding =
                Integer.parseInt(
                        production.configuration().get("JARVIX_GATEWAY_DISPATCH_MAX_OUTSTANDING"));

        assertThat(
                        outstanding
                                / Integer.parseInt(
                                        spec.at("/triggers/0/metadata/lagThreshold").asText()))
                .isEqualTo(spec.path("maxReplicaCount").asInt());
    }

    private static List<String> targets(Overlay overlay, String kind) {
        return overlay.ofKind(kind).stream()
                .map(scaler -> Document.strings(scaler.spec().path("scaleTargetRef")))
                .map((Map<String, String> target) -> target.getOrDefault("name", ""))
                .toList();
    }
}
