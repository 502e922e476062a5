package io.jarvix.gateway;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Which failures say that the database is away, and not that a statement is wrong.
final class DatabaseAway {

    private static final int DEEPEST = 20;

    private DatabaseAway() {}

    /// Whether it is so for the failure, or for one of its causes.
    static boolean isWhy(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof SQLException sql && isAway(sql.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /// SQLSTATE class 08 is a broken connection, 53 a server without resources, 57P a server that
    /// starts or stops, 58 a failure of the system beneath it; the pool's own time-out has none.
    private static boolean isAway(@Nullable String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.startsWith("58");
    }
}
