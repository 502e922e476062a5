package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Plain JDBC transactions, for the ledger's hot path.
final class Transactions {

    private final DataSource source;

    Transactions(DataSource source) {
        this.source = source;
    }

    /// What is done in one transaction; an exception rolls it back.
    interface Work<T extends @org.jspecify.annotations.Nullable Object> {
        T run(Connection connection) throws Exception;
    }

    <T extends @org.jspecify.annotations.Nullable Object> T run(Work<T> work) throws Exception {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollBack(connection);
                }
            }
        }
    }

    /// The failure that led here is the one that counts: a second one, of a connection that is
    /// gone, adds nothing.
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            org.jboss.logging.Logger.getLogger(Transactions.class)
                    .debugf("A roll-back failed: error=%s", e.getMessage());
        }
    }
}
