package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.Wire;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Asks for the report of a run whose last line has ended, through the outbox, once it has counted
/// the run's lines anew. A run whose lines do not prove its counters is not reported and never
/// ends.
@Singleton
final class Reporting {

    private static final Logger LOG = Logger.getLogger(Reporting.class);

    private final AgroalDataSource source;
    private final ReportFigures figures;
    private final GatewayConfig.Reports config;
    private final String publicUrl;
    private final Clock clock = Clock.systemUTC();

    Reporting(AgroalDataSource source, ReportFigures figures, GatewayConfig config) {
        this.source = source;
        this.figures = figures;
        this.config = config.reports();
        this.publicUrl = config.publicUrl().orElse("");
    }

    /// Works on one run.
    ///
    /// @return whether there was one
    boolean step() {
        return QuarkusTransaction.requiringNew().timeout(300).call(this::work);
    }

    private boolean work() throws SQLException {
        Instant now = clock.instant();
        Run run = Run.nextToReport(now.minus(config.patience()));
        if (run == null) {
            return false;
        }
        run.reportRequestedAt = now;
        try (Connection connection = source.getConnection()) {
            Map<LineState, Integer> counted = LedgerProof.count(connection, run.id);
            if (!counted.equals(run.counts())) {
                run.problem =
                        "The ledger has " + counted + ", the run counts " + run.counts() + ".";
                LOG.errorf("The ledger does not add up: runId=%s, error=%s", run.id, run.problem);
            } else if (run.reportAttempts >= config.attempts()) {
                endWithoutReport(run, now);
            } else {
                ask(connection, run, now);
            }
        }
        return true;
    }

    private void ask(Connection connection, Run run, Instant now) throws SQLException {
        UUID requestId = RunId.at(now);
        RunState end = run.endState == null ? RunState.COMPLETED : run.endState;
        ReportRequest request = figures.of(connection, run.id, requestId, end.end(), null, now);
        run.reportRequestId = requestId;
        run.reportAttempts++;
        OutboxMessage.put(OutboxMessage.Kind.PDF_REQUEST, run.id, Wire.write(request), now);
    }

    private void endWithoutReport(Run run, Instant now) {
        Report report = new Report();
        report.runId = run.id;
        report.requestId = run.reportRequestId == null ? RunId.at(now) : run.reportRequestId;
        report.error = "No renderer answered to " + run.reportAttempts + " requests.";
        report.createdAt = now;
        Report.replace(report);
        run.state = run.endState == null ? RunState.COMPLETED : run.endState;
        run.endedAt = now;
        RunEnded.tell(run, report, publicUrl, now);
        LOG.warnf("A run ends without a report: runId=%s, error=%s", run.id, report.error);
    }
}
