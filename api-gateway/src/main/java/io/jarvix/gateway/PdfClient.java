package io.jarvix.gateway;

import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/// pdf-service, asked directly, for a report that someone waits for. What does not answer, or
/// answers 5xx, is asked twice more; what takes too long is not, since the person has waited long
/// enough. While half of the last six calls failed, none is made for 5 s.
@RegisterRestClient(configKey = "gateway-pdf")
@ClientHeaderParam(name = InternalCalls.HEADER, value = "io.jarvix.gateway.InternalCalls.secret")
@Path("/reports")
interface PdfClient {

    /// The service understood the call and will not render this.
    final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(int status) {
            super("pdf-service answered " + status);
        }
    }

    /// @param request the JSON of a ReportRequest
    /// @return the PDF
    /// @throws RefusedException where the answer is 4xx
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces("application/pdf")
    @Timeout(value = 20, unit = ChronoUnit.SECONDS)
    @Retry(
            maxRetries = 2,
            delay = 200,
            jitter = 100,
            abortOn = {
                RefusedException.class,
                TimeoutException.class,
                CircuitBreakerOpenException.class
            })
    @CircuitBreaker(
            requestVolumeThreshold = 6,
            failureRatio = 0.5,
            delay = 5_000,
            skipOn = RefusedException.class)
    byte[] render(byte[] request);

    /// @return absent: as the client itself does it
    @ClientExceptionMapper
    static @Nullable RuntimeException refused(Response response) {
        return response.getStatus() / 100 == 4 ? new RefusedException(response.getStatus()) : null;
    }
}
