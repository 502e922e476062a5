package io.jarvix.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses a submission that tells that it is too large before any of it is read, and says so: the
/// HTTP layer's own refusal has no words. [BoundedBody] does it where no length is told.
@Singleton
final class BodyLimit {

    /// Before the HTTP layer's own limit.
    private static final int PRIORITY = 100;

    private final long limit;
    private final ObjectMapper json;

    BodyLimit(GatewayConfig config, ObjectMapper json) {
        this.limit = config.limits().bodyBytes();
        this.json = json;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isTooLarge(length) || !exchange.normalizedPath().equals("/runs")) {
            exchange.next();
            return;
        }
        Problem problem = Problem.bodyTooLarge(limit);
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(Buffer.buffer(body(problem)));
    }

    private boolean isTooLarge(String length) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private byte[] body(Problem problem) {
        try {
            return json.writeValueAsBytes(problem.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always JSON", e);
        }
    }
}
