package io.jarvix.standalone;

/// What the command says to a script that called it. The numbers are stable. (8, no JDK, and 9, the
/// build failed, are the `jarvix` script's own.)
enum ExitCode {
    OK(0),
    /// A defect of JARVIX; the log has the details.
    FAILED(1),
    /// The command line was wrong.
    USAGE(2),
    /// The seed file cannot be read, or has nothing that can be fetched.
    SEEDS(3),
    /// Another instance works in the data folder.
    DATA_FOLDER_IN_USE(4),
    /// A port is taken.
    PORT_IN_USE(5),
    /// The broker, the database or the services did not start.
    START_FAILED(6),
    /// The run ended without a report.
    NO_REPORT(7),
    /// Ctrl-C: the run goes on at the next start.
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
