package io.jarvix.collector;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready while the archive cannot write: a full disk or a broker that is away shows here. It is
/// no reason to restart the process, so it is not a matter of liveness.
@Readiness
@ApplicationScoped
class ArchiveReadiness implements HealthCheck {

    private final Archive archive;

    ArchiveReadiness(Archive archive) {
        this.archive = archive;
    }

    @Override
    public HealthCheckResponse call() {
        return archive.failure()
                .map(
                        why ->
                                HealthCheckResponse.named("archive")
                                        .withData("error", why)
                                        .down()
                                        .build())
                .orElseGet(() -> HealthCheckResponse.up("archive"));
    }
}
