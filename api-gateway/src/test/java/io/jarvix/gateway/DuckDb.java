package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;

/// Reads files of results with code that is not ours.
final class DuckDb {

    private DuckDb() {}

    static int number(String sql) throws SQLException {
        return Integer.parseInt(column(sql).getFirst());
    }

    /// The first column as text.
    static List<String> column(String sql) throws SQLException {
        // Asked directly: whether DriverManager finds it depends on the class loader of its first
        // user.
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }
}
