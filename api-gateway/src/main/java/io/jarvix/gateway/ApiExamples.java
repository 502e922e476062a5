package io.jarvix.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/// Adds to the description of the API an example of each request, each answer and each problem,
/// from `openapi-examples.json` beside this class.
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public final class ApiExamples implements OASFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "openapi-examples.json";

    private final JsonNode examples = read();

    /// The file, by operation (`GET /runs`) and by the name of the problem.
    static JsonNode read() {
        try (InputStream file = ApiExamples.class.getResourceAsStream(FILE)) {
            return JSON.readTree(Objects.requireNonNull(file, FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getPaths() == null || api.getPaths().getPathItems() == null) {
            return;
        }
        api.getPaths().getPathItems().forEach(this::addTo);
    }

    private void addTo(String path, PathItem item) {
        for (Map.Entry<PathItem.HttpMethod, Operation> entry : item.getOperations().entrySet()) {
            JsonNode operation = examples.at("/operations").path(entry.getKey() + " " + path);
            if (!operation.isMissingNode()) {
                addTo(entry.getValue(), operation);
            }
        }
    }

    private void addTo(Operation operation, JsonNode described) {
        if (operation.getRequestBody() != null) {
            Content content = operation.getRequestBody().getContent();
            each(described.path("requests"), (type, value) -> add(content, type, "Example", value));
        }
        APIResponses responses = operation.getResponses();
        each(
                described.path("responses"),
                (status, contents) -> {
                    Content content = content(response(responses, status, "Done"));
                    each(contents, (type, value) -> add(content, type, "Example", value));
                });
        byStatus(described.path("problems"))
                .forEach(
                        (status, names) -> {
                            APIResponse response =
                                    response(responses, status, "A problem (RFC 9457)");
                            names.forEach(
                                    name ->
                                            add(
                                                    content(response),
                                                    Problem.MEDIA_TYPE,
                                                    name,
                                                    problem(name)));
                        });
    }

    private Map<String, List<String>> byStatus(JsonNode names) {
        return names.valueStream()
                .map(JsonNode::asText)
                .collect(
                        Collectors.groupingBy(
                                name -> problem(name).path("status").asText(),
                                TreeMap::new,
                                Collectors.toList()));
    }

    private JsonNode problem(String name) {
        return examples.at("/problems").path(name);
    }

    private static void each(JsonNode object, BiConsumer<String, JsonNode> action) {
        object.properties().forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    private static APIResponse response(APIResponses responses, String status, String words) {
        APIResponse known = responses.getAPIResponse(status);
        if (known != null) {
            return known;
        }
        APIResponse response = OASFactory.createAPIResponse().description(words);
        responses.addAPIResponse(status, response);
        return response;
    }

    private static Content content(APIResponse response) {
        if (response.getContent() == null) {
            response.setContent(OASFactory.createContent());
        }
        return response.getContent();
    }

    private static void add(Content content, String type, String name, JsonNode value) {
        MediaType media = content.getMediaType(type);
        if (media == null) {
            media = OASFactory.createMediaType();
            content.addMediaType(type, media);
        }
        Object plain = JSON.convertValue(value, Object.class);
        media.addExample(name, OASFactory.createExample().value(plain));
    }
}
