package io.jarvix.gateway;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one place that turns a failure into an HTTP answer.
final class ProblemMappers {

    @ServerExceptionMapper
    Response problem(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.body());
        Object seconds = problem.members().get("retryAfterSeconds");
        return (seconds == null ? answer : answer.header("Retry-After", seconds)).build();
    }

    /// What the HTTP layer itself refuses: unknown path, method, media type.
    @ServerExceptionMapper
    Response http(WebApplicationException e) {
        Response response = e.getResponse();
        if (response.hasEntity() || response.getStatus() < 400) {
            return response;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", response.getStatusInfo().getReasonPhrase());
        body.put("status", response.getStatus());
        body.put("detail", Objects.requireNonNullElse(e.getMessage(), ""));
        return Response.fromResponse(response).type(Problem.MEDIA_TYPE).entity(body).build();
    }
}
