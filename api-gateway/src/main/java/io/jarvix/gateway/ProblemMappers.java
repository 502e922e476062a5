package io.jarvix.gateway;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.multipart.MultipartParser;

/// The one place that turns a failure into an HTTP answer.
final class ProblemMappers {

    /// The HTTP layer has no class for it.
    private static final String BROKEN_FORM = "Connection terminated parsing multipart";

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.body());
        if (problem.status() == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        Object seconds = problem.members().get("retryAfterSeconds");
        return (seconds == null ? answer : answer.header("Retry-After", seconds)).build();
    }

    /// What the HTTP layer itself refuses: unknown path, method, media type, and a parameter that
    /// is no number or no such word.
    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri) {
        if (e instanceof NotFoundException && e.getCause() != null) {
            return problem(badParameter(e.getCause(), uri));
        }
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

    /// JAX-RS calls it "not found"; the cause names the value and not the parameter.
    private static Problem badParameter(Throwable cause, UriInfo uri) {
        String message = String.valueOf(cause.getMessage());
        for (Map.Entry<String, List<String>> parameter : uri.getQueryParameters().entrySet()) {
            for (String value : parameter.getValue()) {
                if (message.endsWith("." + value) || message.contains("\"" + value + "\"")) {
                    return Problem.invalidField(
                            parameter.getKey(), "cannot be " + value + ": see /q/openapi");
                }
            }
        }
        return new Problem(
                400,
                "invalid-parameter",
                "A parameter is not valid",
                "A parameter has a value that it cannot have: see /q/openapi.");
    }

    /// A form that is no form, or breaks off in the middle.
    @ServerExceptionMapper(MultipartParser.MalformedMessageException.class)
    Response brokenForm(Exception e) {
        return problem(
                new Problem(
                        400,
                        "malformed-form",
                        "The body is not a form",
                        "Send multipart/form-data (RFC 7578) whose boundary is the one of the"
                                + " Content-Type, to its end."));
    }

    /// What nobody expected: the database is away, or there is a bug. The caller is told which, and
    /// nothing of its inside.
    @ServerExceptionMapper
    Response unexpected(Exception e) {
        if (String.valueOf(e.getMessage()).startsWith(BROKEN_FORM)) {
            return brokenForm(e);
        }
        if (DatabaseAway.isWhy(e)) {
            LOG.debugf("The database is away: error=%s", e.toString());
            return problem(
                    new Problem(
                                    503,
                                    "database-away",
                                    "The database does not answer",
                                    "Nothing was changed that is not told: try again soon.")
                            .retryAfter(5));
        }
        if (e instanceof IOException) {
            LOG.debugf("A body broke off: error=%s", e.toString());
            return problem(
                    new Problem(
                            400,
                            "body-broken",
                            "The body broke off",
                            "The body could not be read to its end: send it again."));
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "A request failed: errorId=%s", id);
        return problem(
                new Problem(
                                500,
                                "internal-error",
                                "JARVIX failed",
                                "This should not happen: the log tells more of it by this id.")
                        .with("errorId", id));
    }
}
