package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The topics that Strimzi makes are those that the services make where Strimzi is absent.
class TopicDocumentsTest {

    @ParameterizedTest
    @ValueSource(strings = {"production", "production-hpa"})
    void nameConfigurationAndPartitionsEqualTheContracts(String name) {
        List<Document> documents = Overlay.assembled(name).ofKind("KafkaTopic");

        Map<String, Map<String, String>> expected =
                Topics.ALL.stream()
                        .collect(Collectors.toMap(Topics.Topic::name, Topics.Topic::config));
        assertThat(
                        documents.stream()
                                .collect(
                                        Collectors.toMap(
                                                Document::name,
                                                document ->
                                                        Document.strings(
                                                                document.spec().path("config")))))
                .isEqualTo(expected);
        assertThat(documents)
                .allSatisfy(
                        document ->
                                assertThat(document.spec().path("partitions").asInt())
                                        .isEqualTo(Topics.DEFAULT_PARTITIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "production-hpa"})
    void theBrokersTakeAndCopyTheLargestMessage(String name) {
        Document kafka = Overlay.assembled(name).ofKind("Kafka").getFirst();
        Map<String, String> config =
                Document.strings(kafka.spec().at("/kafka/config")).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

        assertThat(List.of("message.max.bytes", "replica.fetch.max.bytes"))
                .extracting((Function<String, String>) config::get)
                .containsOnly(Integer.toString(Topics.MAX_MESSAGE_BYTES));
    }
}
