package io.jarvix.scoring;

import io.jarvix.contracts.Wire;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// An error of this service's endpoints, as RFC 9457 has it.
///
/// @param type stable, for programs
/// @param title the kind of problem in a few words
/// @param detail one sentence for a person, with the number or name that matters
/// @param field the part of the request that is wrong; absent where it is all of it
record Problem(String type, String title, int status, String detail, @Nullable String field) {

    private static final String MEDIA_TYPE = "application/problem+json";

    static Response bodyTooLarge(int limit) {
        return response(
                "body-too-large",
                "The body is too large",
                413,
                "The body is larger than " + limit + " bytes (jarvix.scoring.max-body-bytes).",
                null);
    }

    static Response emptyBody() {
        return response(
                "empty-body",
                "The body is empty",
                400,
                "Send a page or a snippet of HTML as the body, or JSON with the field html.",
                null);
    }

    static Response unsupportedMediaType(String contentType) {
        return response(
                "unsupported-media-type",
                "The media type is not supported",
                415,
                "The content type "
                        + contentType
                        + " is not supported: send text/html, text/plain or application/json.",
                "Content-Type");
    }

    static Response invalidJson(String reason) {
        return response(
                "invalid-json",
                "The body is not the JSON that is expected",
                400,
                "The body is not JSON of the form {\"url\": \"...\", \"html\": \"...\"}: " + reason,
                null);
    }

    static Response invalidUrl(String reason) {
        return response("invalid-url", "The URL is not valid", 400, reason, "url");
    }

    private static Response response(
            String type, String title, int status, String detail, @Nullable String field) {
        Problem problem = new Problem("urn:jarvix:problem:" + type, title, status, detail, field);
        return Response.status(status).type(MEDIA_TYPE).entity(Wire.write(problem)).build();
    }
}
