package io.jarvix.gateway;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.Wire;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A report of what there is at this moment, rendered by pdf-service while someone waits.
@Singleton
final class ReportNow {

    private static final Logger LOG = Logger.getLogger(ReportNow.class);
    private static final int RETRY_SECONDS = 5;

    private final ReportFigures figures;
    private final Transactions transactions;
    private final PdfClient pdf;
    private final Clock clock = Clock.systemUTC();

    ReportNow(ReportFigures figures, Transactions transactions, @RestClient PdfClient pdf) {
        this.figures = figures;
        this.transactions = transactions;
        this.pdf = pdf;
    }

    /// @param language absent: as the run asked
    /// @throws Problem 503 where pdf-service does not answer, at once while it is known to be away;
    ///     504 where it takes too long; 502 where it refuses
    byte[] render(Run run, @Nullable String language) throws Exception {
        byte[] request = Wire.write(request(run, language));
        try {
            return pdf.render(request);
        } catch (TimeoutException e) {
            throw failed(run, e, 504, "renderer-slow", "did not answer in time");
        } catch (PdfClient.RefusedException e) {
            throw failed(run, e, 502, "renderer-refused", "refused to render it");
        } catch (CircuitBreakerOpenException e) {
            throw failed(
                    run, e, 503, "renderer-away", "is away and is left alone for some seconds");
        } catch (RuntimeException e) {
            throw failed(run, e, 503, "renderer-away", "did not answer as it should");
        }
    }

    /// Read in one snapshot, since a run that goes on changes meanwhile.
    private ReportRequest request(Run run, @Nullable String language) throws Exception {
        Instant now = clock.instant();
        return transactions.run(
                connection -> {
                    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    return figures.of(
                            connection, run.id, RunId.at(now), run.state.end(), language, now);
                });
    }

    private static Problem failed(
            Run run, RuntimeException cause, int status, String type, String what) {
        LOG.warnf("A report could not be rendered now: runId=%s, error=%s", run.id, cause);
        Problem problem =
                new Problem(
                        status,
                        type,
                        "The report cannot be rendered now",
                        "pdf-service " + what + (status == 502 ? "." : ": try again."));
        return status == 502 ? problem : problem.retryAfter(RETRY_SECONDS);
    }
}
