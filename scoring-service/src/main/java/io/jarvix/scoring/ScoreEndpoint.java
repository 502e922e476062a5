package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.ParsedUrl;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Wire;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// The way to try the rules: a page in, its explained score out, as the pipeline would score it.
/// Nothing is stored and nothing is fetched.
@Path("/")
@Tag(name = "Scoring", description = "Try the scoring rules on a page.")
class ScoreEndpoint {

    private static final UUID NO_RUN = new UUID(0, 0);
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final String HTML_EXAMPLE =
            "<!doctype html><html lang=\"en\"><title>Desk lamps | Shop</title>"
                    + "<h1>Desk lamps</h1><p>Oak and steel, EUR 49.90. <button>Add to cart</button></p></html>";
    private static final String JSON_EXAMPLE =
            "{\"url\": \"https://shop.example/lamps\", \"html\": \"<title>Desk lamps</title><p>Add to cart\"}";

    private final PageScorer scorer;
    private final ScoringConfig config;

    ScoreEndpoint(PageScorer scorer, ScoringConfig config) {
        this.scorer = scorer;
        this.config = config;
    }

    /// A page as JSON.
    ///
    /// @param url where it would be from
    record Page(@Nullable String url, @Nullable String html) {}

    @POST
    @Path("/score")
    @Consumes(MediaType.WILDCARD)
    @Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
    @Operation(
            summary = "Score a page",
            description =
                    "Scores an HTML page or snippet by the rules in use and explains the score: its terms, the"
                            + " deductions and defects, the phrases that were found and where, the action with its"
                            + " reason, and how far it is to the next better action.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.TEXT_HTML,
                        schema =
                                @Schema(
                                        type =
                                                org.eclipse.microprofile.openapi.annotations.enums
                                                        .SchemaType.STRING),
                        examples = @ExampleObject(name = "page", value = HTML_EXAMPLE)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Page.class),
                        examples = @ExampleObject(name = "page", value = JSON_EXAMPLE))
            })
    @APIResponse(
            responseCode = "200",
            description = "The signals and the explained score.",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PageResult.Scored.class)))
    @APIResponse(responseCode = "400", description = "No body, invalid JSON, or an invalid URL.")
    @APIResponse(responseCode = "413", description = "The body is larger than the limit.")
    @APIResponse(responseCode = "415", description = "Neither HTML, text nor JSON.")
    public Response score(
            byte @Nullable [] body,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE)
                    @Nullable String contentType,
            @Parameter(
                            description =
                                    "Where the page would be from: decides which links are internal.",
                            example = "https://shop.example/lamps")
                    @QueryParam("url")
                    @Nullable String url) {
        if (body == null || body.length == 0) {
            return Problem.emptyBody();
        }
        if (body.length > config.maxBodyBytes()) {
            return Problem.bodyTooLarge(config.maxBodyBytes());
        }
        return switch (io.jarvix.scoring.Content.essence(contentType)) {
            case MediaType.TEXT_HTML, MediaType.APPLICATION_XHTML_XML ->
                    scored(body, contentType, url);
            // What curl sends where it is told nothing else.
            case MediaType.APPLICATION_FORM_URLENCODED, MediaType.TEXT_PLAIN, "" ->
                    scored(body, null, url);
            case MediaType.APPLICATION_JSON -> json(body, url);
            default -> Problem.unsupportedMediaType(String.valueOf(contentType));
        };
    }

    @GET
    @Path("/rules")
    @Produces({MediaType.APPLICATION_JSON, "application/yaml"})
    @Operation(
            summary = "The scoring rules in use",
            description =
                    "Weights, thresholds, deductions, defects, phrases and platform marks with their version. As"
                            + " application/yaml it is the file itself, to be copied and changed.")
    @APIResponse(responseCode = "200", description = "The rules.")
    public Response rules(
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept) {
        if (accept != null && accept.contains("yaml")) {
            return Response.ok(scorer.rules().source(), "application/yaml").build();
        }
        return Response.ok(RulesFile.json(scorer.rules()), MediaType.APPLICATION_JSON).build();
    }

    private Response json(byte[] body, @Nullable String urlParameter) {
        try {
            @Nullable Page page = JSON.readValue(body, Page.class);
            if (page == null || page.html() == null || page.html().isEmpty()) {
                return Problem.invalidJson("the field html is missing or empty.");
            }
            return scored(
                    page.html().getBytes(UTF_8),
                    "text/html; charset=utf-8",
                    page.url() == null ? urlParameter : page.url());
        } catch (JsonProcessingException e) {
            return Problem.invalidJson(e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("bytes cannot fail to be read", e);
        }
    }

    private Response scored(byte[] body, @Nullable String contentType, @Nullable String url) {
        String pageUrl = "";
        if (url != null && !url.isBlank()) {
            ParsedUrl parsed = CanonicalUrl.parse(url);
            switch (parsed) {
                case CanonicalUrl canonical -> pageUrl = canonical.url();
                case ParsedUrl.Invalid invalid -> {
                    return Problem.invalidUrl(invalid.reason());
                }
            }
        }
        PageResult result = scorer.score(record(pageUrl, contentType, body.length), body);
        return Response.ok(Wire.write(result), MediaType.APPLICATION_JSON).build();
    }

    private static RawRecord record(String url, @Nullable String contentType, int length) {
        return new RawRecord(
                NO_RUN,
                1,
                1,
                url,
                "",
                url,
                List.of(),
                Instant.EPOCH,
                Response.Status.OK.getStatusCode(),
                new FetchOutcome.Fetched(),
                1,
                0,
                contentType,
                null,
                Map.of(),
                false,
                length,
                null);
    }
}
