package io.jarvix.pdf;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// RFC 9457 answers of this service.
final class PdfProblem {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPES = "urn:jarvix:problem:";

    private PdfProblem() {}

    static Response response(int status, String type, String detail) {
        return builder(status, type, detail).build();
    }

    /// All presses are in use for longer than a caller should wait.
    static Response busy(Duration waited) {
        return builder(
                        503,
                        "busy",
                        "No report could be started within %d s; try again later."
                                .formatted(waited.toSeconds()))
                .header("Retry-After", Math.max(1, waited.toSeconds()))
                .build();
    }

    private static Response.ResponseBuilder builder(int status, String type, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", TYPES + type);
        problem.put("title", Response.Status.fromStatusCode(status).getReasonPhrase());
        problem.put("status", status);
        problem.put("detail", detail);
        return Response.status(status).type(MEDIA_TYPE).entity(problem);
    }
}
