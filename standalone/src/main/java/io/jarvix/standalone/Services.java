package io.jarvix.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Starts the four services and does one piece of work while they run.
final class Services {

    private static volatile Runnable work = () -> {};

    private Services() {}

    /// Starts the services, does the work on this thread, and stops them.
    ///
    /// @throws CommandException where the services do not start, or the work throws it
    static void run(Runnable workWhileRunning) {
        work = workWhileRunning;
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Quarkus.run(Work.class, (code, error) -> failure.set(error));
        Throwable error = failure.get();
        if (error instanceof CommandException reported) {
            throw reported;
        }
        if (error != null) {
            throw new CommandException(
                    ExitCode.START_FAILED,
                    "The services did not start: " + rootCause(error),
                    error);
        }
    }

    private static String rootCause(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /// What Quarkus calls when every service is up.
    static final class Work implements QuarkusApplication {

        @Override
        public int run(String... args) {
            work.run();
            return ExitCode.OK.code();
        }
    }
}
