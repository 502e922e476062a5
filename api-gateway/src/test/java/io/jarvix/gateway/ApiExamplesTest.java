package io.jarvix.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jarvix.contracts.PageScore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each JSON example is what the API answers: it is the JSON of the very record, with every field
/// that the record must have and none that it has not.
class ApiExamplesTest {

    private static final ObjectMapper STRICT =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private static final Map<String, TypeReference<?>> ANSWERS =
            Map.ofEntries(
                    Map.entry("POST /runs", new TypeReference<Views.Accepted>() {}),
                    Map.entry("GET /runs", new TypeReference<Views.Page<Views.RunView>>() {}),
                    Map.entry("GET /runs/{id}", new TypeReference<Views.RunView>() {}),
                    Map.entry("POST /runs/{id}/cancel", new TypeReference<Views.RunView>() {}),
                    Map.entry("POST /runs/{id}/retry", new TypeReference<Views.Accepted>() {}),
                    Map.entry(
                            "GET /runs/{id}/urls",
                            new TypeReference<Views.Page<LedgerReader.Line>>() {}),
                    Map.entry("GET /runs/{id}/scores", new TypeReference<Views.ScorePage>() {}),
                    Map.entry("GET /runs/{id}/scores/{ordinal}", new TypeReference<PageScore>() {}),
                    Map.entry("GET /runs/{id}/top", new TypeReference<List<Views.ScoreRow>>() {}),
                    Map.entry("GET /runs/{id}/diff", new TypeReference<RunDiff>() {}),
                    Map.entry("GET /keys", new TypeReference<List<KeysResource.KeyView>>() {}),
                    Map.entry("POST /keys", new TypeReference<KeysResource.MadeKey>() {}));

    static Stream<Map.Entry<String, JsonNode>> answers() {
        return ApiExamples.read().path("operations").properties().stream()
                .flatMap(
                        operation ->
                                operation
                                        .getValue()
                                        .path("responses")
                                        .valueStream()
                                        .map(contents -> contents.path("application/json"))
                                        .filter(json -> !json.isMissingNode())
                                        .map(json -> Map.entry(operation.getKey(), json)));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anExampleIsTheJsonOfItsRecord(Map.Entry<String, JsonNode> example)
            throws JsonProcessingException {
        TypeReference<?> type = ANSWERS.get(example.getKey());
        assertThat(type).as(example.getKey()).isNotNull();

        Object answer = STRICT.readValue(example.getValue().toString(), type);
        assertThat(STRICT.readTree(STRICT.writeValueAsString(answer)))
                .isEqualTo(STRICT.readTree(example.getValue().toString()));
    }

    static Stream<Map.Entry<String, JsonNode>> problems() {
        return ApiExamples.read().path("problems").properties().stream();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void anExampleOfAProblemIsOne(Map.Entry<String, JsonNode> problem) {
        assertThat(problem.getValue().path("type").asText())
                .isEqualTo("urn:jarvix:problem:" + problem.getKey());
        assertThat(problem.getValue().path("status").asInt()).isBetween(400, 599);
        assertThat(problem.getValue().path("title").asText()).isNotBlank();
        assertThat(problem.getValue().path("detail").asText()).endsWith(".");
    }
}
