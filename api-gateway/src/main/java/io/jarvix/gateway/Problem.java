package io.jarvix.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// An answer that says what is wrong: RFC 9457 problem details. `type` is stable; `detail` is one
/// sentence for the person who reads it.
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPE_PREFIX = "urn:jarvix:problem:";

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, Object> members = new LinkedHashMap<>();

    Problem(int status, String type, String title, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
        this.title = title;
    }

    /// Adds a member, such as the field or the line.
    Problem with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    /// Tells when to try again, as the header `Retry-After` too.
    Problem retryAfter(long seconds) {
        return with("retryAfterSeconds", Math.max(1, seconds));
    }

    int status() {
        return status;
    }

    String type() {
        return TYPE_PREFIX + type;
    }

    Map<String, Object> members() {
        return members;
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type());
        body.put("title", title);
        body.put("status", status);
        body.put("detail", String.valueOf(getMessage()));
        body.putAll(members);
        return body;
    }

    static Problem runNotFound(String id) {
        return new Problem(
                404,
                "run-not-found",
                "No such run",
                "There is no run " + id + " that you may see.");
    }

    static Problem runNotFound(UUID id) {
        return runNotFound(id.toString());
    }

    static Problem invalidField(String field, String rule) {
        return new Problem(
                        400,
                        "invalid-field",
                        "A field is not valid",
                        "The field " + field + " " + rule + ".")
                .with("field", field);
    }

    static Problem tooManyLines(int limit) {
        return new Problem(
                        413,
                        "too-many-lines",
                        "The run has too many lines",
                        "A run has at most "
                                + limit
                                + " seed lines: split the list into several runs.")
                .with("limit", limit);
    }

    static Problem bodyTooLarge(long limit) {
        return new Problem(
                        413,
                        "body-too-large",
                        "The body is too large",
                        "A body has at most " + limit + " bytes: split the list into several runs.")
                .with("limit", limit);
    }

    static Problem lineTooLong(int line, int limit) {
        return new Problem(
                        400,
                        "line-too-long",
                        "A line is too long",
                        "Line " + line + " has more than " + limit + " characters.")
                .with("line", line)
                .with("limit", limit);
    }

    static Problem noSeeds() {
        return new Problem(
                400,
                "no-seeds",
                "The run has no seeds",
                "Send at least one URL: one a line as text/plain, or in the array \"seeds\" as"
                        + " JSON.");
    }

    static Problem badJson(String detail) {
        return new Problem(400, "malformed-json", "The body is not the JSON of a run", detail);
    }
}
