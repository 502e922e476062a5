package io.jarvix.deploy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.strimzi.api.kafka.model.common.UnknownPropertyPreserving;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a document's form: unknown fields, missing ones, values of a wrong type.
///
/// Kubernetes' own kinds are checked by the models of its Java client, Strimzi's by Strimzi's,
/// KEDA's ScaledObject by the records below, which hold what JARVIX uses of it (KEDA 2.15,
/// keda.sh/v1alpha1).
final class KubernetesSchema {

    private static final Map<String, Class<?>> CUSTOM =
            Map.of(
                    "kafka.strimzi.io/v1/Kafka", Kafka.class,
                    "kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class,
                    "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class,
                    "keda.sh/v1alpha1/ScaledObject", ScaledObject.class);

    private static final ObjectMapper STRICT = strict();

    private KubernetesSchema() {}

    static Optional<String> objectionTo(Document document) {
        String type = document.apiVersion() + "/" + document.kind();
        Class<?> custom = CUSTOM.get(type);
        return custom == null ? objectionOfKubernetes(document) : objectionOf(custom, document);
    }

    private static Optional<String> objectionOf(Class<?> type, Document document) {
        try {
            STRICT.treeToValue(document.json(), type);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(document + ": " + e.getOriginalMessage());
        }
    }

    private static Optional<String> objectionOfKubernetes(Document document) {
        String[] version = document.apiVersion().split("/", -1);
        String prefix = version[version.length - 1];
        String className =
                "io.kubernetes.client.openapi.models."
                        + prefix.substring(0, 1).toUpperCase(Locale.ROOT)
                        + prefix.substring(1)
                        + document.kind();
        JsonElement json = JsonParser.parseString(document.json().toString());
        try {
            Class<?> model = Class.forName(className);
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            // Reads numbers and booleans as such, which the validation above does not.
            JSON.<Object>deserialize(json.toString(), model);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(document + ": " + e.getTargetException().getMessage());
        } catch (ClassNotFoundException e) {
            return Optional.of(document + ": Kubernetes has no such kind");
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.of(document + ": " + e.getMessage());
        }
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper =
                JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .addMixIn(UnknownPropertyPreserving.class, NoUnknownProperties.class)
                        .build();
        mapper.coercionConfigFor(LogicalType.Textual)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        return mapper;
    }

    /// Strimzi's models keep what they do not know; here that is an error.
    @JsonIgnoreProperties(ignoreUnknown = false)
    @SuppressWarnings("UnusedMethod")
    private interface NoUnknownProperties {

        @JsonAnySetter(enabled = false)
        void setAdditionalProperty(String name, Object value);
    }

    record ScaledObject(
            String apiVersion,
            String kind,
            JsonNode metadata,
            @JsonProperty(required = true) Spec spec) {

        record Spec(
                @JsonProperty(required = true) Target scaleTargetRef,
                @JsonProperty(required = true) int minReplicaCount,
                @JsonProperty(required = true) int maxReplicaCount,
                int pollingInterval,
                int cooldownPeriod,
                @Nullable Advanced advanced,
                @JsonProperty(required = true) List<Trigger> triggers) {}

        record Target(@Nullable String apiVersion, @Nullable String kind, String name) {}

        record Advanced(HorizontalPodAutoscaler horizontalPodAutoscalerConfig) {}

        record HorizontalPodAutoscaler(Behavior behavior) {}

        record Behavior(@Nullable Rules scaleUp, @Nullable Rules scaleDown) {}

        record Rules(int stabilizationWindowSeconds) {}

        record Trigger(
                @JsonProperty(required = true) String type,
                @JsonProperty(required = true) Lag metadata) {}

        /// The kafka scaler's settings; they are strings, numbers and booleans too.
        record Lag(
                @JsonProperty(required = true) String bootstrapServers,
                @JsonProperty(required = true) String consumerGroup,
                @JsonProperty(required = true) String topic,
                @JsonProperty(required = true) String lagThreshold,
                @Nullable String offsetResetPolicy,
                @Nullable String allowIdleConsumers,
                @Nullable String excludePersistentLag) {}
    }
}
