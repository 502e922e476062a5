package io.jarvix.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON form of the messages: UTF-8, instants in ISO 8601, absent fields left out. A reader
/// ignores unknown fields, and reads an enum value that it does not know as that enum's `UNKNOWN`.
/// Safe from any thread.
public final class Wire {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                    .build();

    private Wire() {}

    /// The message's bytes.
    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a message: " + message.getClass(), e);
        }
    }

    /// The message of these bytes.
    ///
    /// @throws UnreadableMessageException where they are not the JSON of such a message
    public static <T> T read(byte @Nullable [] bytes, Class<T> type)
            throws UnreadableMessageException {
        if (bytes == null) {
            throw new UnreadableMessageException("no " + type.getSimpleName() + ": no bytes");
        }
        try {
            @Nullable T message = MAPPER.readValue(bytes, type);
            if (message == null) {
                throw new UnreadableMessageException("no " + type.getSimpleName() + ": null");
            }
            return message;
        } catch (IOException e) {
            throw new UnreadableMessageException(
                    "no " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    static <T> List<T> listOrEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /// An unmodifiable copy that keeps the order, so that the wire form is the same each time.
    static <K, V> Map<K, V> mapOrEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
