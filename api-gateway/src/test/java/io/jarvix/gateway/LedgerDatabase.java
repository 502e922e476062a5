package io.jarvix.gateway;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.jarvix.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/// One real, migrated database for all ledger tests of this JVM, without Quarkus; it stops with the
/// JVM.
final class LedgerDatabase {

    private static final class Holder {
        static final LedgerDatabase ONE = new LedgerDatabase();
    }

    final AgroalDataSource source;
    final Transactions transactions;

    private LedgerDatabase() {
        try {
            Path folder = Files.createTempDirectory("jarvix-ledger-test");
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database)));
            source =
                    AgroalDataSource.from(
                            new AgroalDataSourceConfigurationSupplier()
                                    .connectionPoolConfiguration(
                                            pool ->
                                                    pool.maxSize(8)
                                                            .connectionFactoryConfiguration(
                                                                    factory ->
                                                                            factory.jdbcUrl(
                                                                                            database
                                                                                                    .jdbcUrl())
                                                                                    .initialSql(
                                                                                            "SET synchronous_commit TO off")
                                                                                    .principal(
                                                                                            new NamePrincipal(
                                                                                                    database
                                                                                                            .user()))
                                                                                    .credential(
                                                                                            new SimplePassword(
                                                                                                    database
                                                                                                            .password())))));
            Flyway.configure().dataSource(source).load().migrate();
            transactions = new Transactions(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The database without any run.
    static LedgerDatabase empty() {
        try (Connection connection = Holder.ONE.source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE run CASCADE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Holder.ONE;
    }

    /// Each line's state, by ordinal.
    Map<Integer, LineState> states(UUID run) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT ordinal, state FROM ledger WHERE run_id = ?")) {
            statement.setObject(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                Map<Integer, LineState> states = new TreeMap<>();
                while (rows.next()) {
                    states.put(rows.getInt(1), LineState.valueOf(rows.getString(2)));
                }
                return states;
            }
        }
    }

    /// The value of a column of the run.
    String runColumn(UUID run, String column) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT " + column + " FROM run WHERE id = ?")) {
            statement.setObject(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }
    }

    private static void close(EmbeddedDatabase database) {
        try {
            database.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
