package io.jarvix.deploy;

import java.util.List;

/// Where a service tells its health. The probes use these, and [RunningServicesIT] asks each of
/// them.
final class ProbePaths {

    static final List<String> ALL =
            List.of("/q/health/live", "/q/health/ready", "/q/health/started");

    private ProbePaths() {}
}
