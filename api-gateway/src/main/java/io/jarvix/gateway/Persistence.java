package io.jarvix.gateway;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Tries until it is done: an outage of the database or the broker is waited for, never answered by
/// a loss. The pause doubles up to 5 s. Ends without success only when the process ends.
@Singleton
final class Persistence {

    private static final Logger LOG = Logger.getLogger(Persistence.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final CountDownLatch shutdown = new CountDownLatch(1);

    interface Work {
        void run() throws Exception;
    }

    /// The data itself cannot be stored.
    static final class UnstorableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnstorableException(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        shutdown.countDown();
    }

    /// @throws IllegalStateException where the process ends first; nothing is acknowledged then
    void untilDone(String what, Work work) throws UnstorableException {
        Duration pause = FIRST_PAUSE;
        boolean failing = false;
        while (true) {
            try {
                work.run();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted: " + what, e);
            } catch (Exception e) {
                if (e instanceof SQLException sql && isDataError(sql)) {
                    throw new UnstorableException(sql);
                }
                if (!failing) {
                    LOG.warnf(e, "It is tried again until it succeeds: work=%s", what);
                }
                failing = true;
                pauseUnlessShutdown(what, pause, e);
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
        }
    }

    /// Whether no second try helps: SQLSTATE class 22, data exception, and 23, constraint
    /// violation.
    private static boolean isDataError(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private void pauseUnlessShutdown(String what, Duration pause, Exception cause) {
        try {
            if (shutdown.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the gateway stops: " + what, cause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + what, e);
        }
    }
}
