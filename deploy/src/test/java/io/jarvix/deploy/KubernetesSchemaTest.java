package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The validator itself: each planted mistake must be found.
class KubernetesSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Deployment              | /spec                                           | replica          | 3
                    Deployment              | /spec                                           | replicas         | 'three'
                    Deployment              | /spec/template/spec/containers/0                | imagePullpolicy  | 'Always'
                    Deployment              | /spec/template/spec/containers/0/readinessProbe/httpGet | pfad     | '/x'
                    Deployment              | /spec/template/spec/containers/0/securityContext | readOnlyRoot    | true
                    Deployment              | /spec/template/spec                             | containers       | {}
                    Service                 | /spec/ports/0                                   | port             | 'http'
                    PodDisruptionBudget     | /spec/selector                                  | matchLabel       | {}
                    NetworkPolicy           | /spec                                           | egres            | []
                    HorizontalPodAutoscaler | /spec/scaleTargetRef                            | nam              | 'x'
                    HorizontalPodAutoscaler | /spec                                           | maxReplicas      | 'many'
                    PersistentVolumeClaim   | /spec                                           | storage          | '1Gi'
                    Kafka                   | /spec/kafka                                     | listener         | []
                    Kafka                   | /spec/kafka/listeners/0                         | port             | 'plain'
                    KafkaNodePool           | /spec/storage/volumes/0                         | sizes            | '1Gi'
                    KafkaNodePool           | /spec/template/pod                              | spread           | []
                    KafkaTopic              | /spec                                           | partition        | 12
                    KafkaTopic              | /spec                                           | partitions       | 'twelve'
                    ScaledObject            | /spec                                           | maxReplicas      | 12
                    ScaledObject            | /spec/triggers/0/metadata                       | lagTreshold      | '5'
                    """)
    void aPlantedMistakeIsFound(String kind, String place, String field, String value)
            throws Exception {
        Document document = sample(kind);
        assertThat(KubernetesSchema.objectionTo(document)).isEmpty();

        String json = value.matches("\\d+|true|\\{}|\\[]") ? value : '"' + value + '"';
        ((ObjectNode) document.json().at(place)).set(field, Repository.JSON.readTree(json));

        assertThat(KubernetesSchema.objectionTo(document)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1,Deploiment",
        "apps/v7,Deployment",
        "keda.sh/v1,ScaledObject",
        "kafka.strimzi.io/v1beta2,KafkaTopic"
    })
    void aKindThatNobodyServesIsFound(String apiVersion, String kind) {
        Document document = sample("Deployment");
        ((ObjectNode) document.json()).put("apiVersion", apiVersion).put("kind", kind);

        assertThat(KubernetesSchema.objectionTo(document)).isPresent();
    }

    private static Document sample(String kind) {
        Document original =
                List.of("production", "local").stream()
                        .flatMap(name -> Overlay.assembled(name).ofKind(kind).stream())
                        .findFirst()
                        .orElseThrow();
        return new Document(original.json().deepCopy());
    }
}
