package io.jarvix.gateway;

import jakarta.inject.Singleton;

/// The runs that the caller may see; another one is not found.
@Singleton
final class VisibleRuns {

    private final Caller caller;

    VisibleRuns(Caller caller) {
        this.caller = caller;
    }

    Run find(String id) {
        Run run = Run.find(RunId.parse(id));
        if (!caller.sees(run.owner)) {
            throw Problem.runNotFound(id);
        }
        return run;
    }
}
