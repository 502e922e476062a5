package io.jarvix.gateway;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run's scores against those of another run, URL by URL. The database joins them, so memory
/// depends on the rows that are asked for and not on the runs. Part of the caller's transaction.
///
/// @param run the later run
/// @param against the earlier one
record RunComparison(Connection connection, UUID run, UUID against) {

    /// What became of a URL. Scores are compared in thousandths, as they are printed, so that a
    /// rise of exactly 10 % is none. A page of score 0 has improved when it has any score now.
    enum Change {
        /// Scored now and not before.
        NEW,
        /// Scored before and not now.
        GONE,
        /// The score rose by more than 10 % of what it was.
        IMPROVED,
        /// The score fell by more than 10 % of what it was.
        DECLINED,
        STABLE
    }

    /// One URL. Rows are sorted by rank, then the largest difference first, then by `urlId`.
    ///
    /// @param before the ordinal in the earlier run; absent where it has no score there
    /// @param now the ordinal in the later run; absent where it has no score there
    /// @param rank 0 where both runs have a score and it changed, 1 where one of them has, 2 where
    ///     it is stable
    /// @param size the difference in thousandths of a point
    record Item(
            String urlId,
            Change change,
            @Nullable Integer before,
            @Nullable Integer now,
            int rank,
            long size) {

        /// Where this row stands.
        Cursor cursor() {
            return Cursor.of(rank, size, urlId);
        }
    }

    private static final int CURSOR_PARTS = 3;

    /// The earlier run's parameter comes first. The CASE is the rule of [Change].
    private static final String ITEMS =
            """
            WITH one AS (SELECT url_id, ordinal, (value * 1000)::bigint AS points FROM ledger
                WHERE run_id = ? AND state = 'SCORED'),
            two AS (SELECT url_id, ordinal, (value * 1000)::bigint AS points FROM ledger
                WHERE run_id = ? AND state = 'SCORED'),
            joined AS (SELECT url_id COLLATE "C" AS url_id, one.ordinal AS before, two.ordinal AS now,
                abs(coalesce(two.points, 0) - coalesce(one.points, 0)) AS size,
                CASE WHEN one.points IS NULL THEN 'NEW' WHEN two.points IS NULL THEN 'GONE'
                    WHEN two.points * 10 > one.points * 11 THEN 'IMPROVED'
                    WHEN two.points * 10 < one.points * 9 THEN 'DECLINED' ELSE 'STABLE' END AS change
                FROM one FULL JOIN two USING (url_id)),
            item AS (SELECT *, CASE change WHEN 'STABLE' THEN 2 WHEN 'NEW' THEN 1 WHEN 'GONE' THEN 1
                ELSE 0 END AS rank FROM joined)
            """;

    /// The run before this one in its series: of the same name and owner, submitted earlier, with
    /// no open line. A retry is no part of a series. Empty for the first of a series.
    static Optional<UUID> previousOf(Connection connection, UUID run) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        SELECT earlier.id FROM run JOIN run AS earlier
                            ON earlier.name = run.name AND earlier.owner IS NOT DISTINCT FROM run.owner
                        WHERE run.id = ? AND earlier.id < run.id AND earlier.closed_at IS NOT NULL
                            AND run.retry_of IS NULL AND earlier.retry_of IS NULL
                        ORDER BY earlier.id DESC LIMIT 1""")) {
            statement.setObject(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    /// How many URLs changed how.
    Map<Change, Integer> counts() throws SQLException {
        Map<Change, Integer> counts = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            counts.put(change, 0);
        }
        try (PreparedStatement statement =
                        prepare("SELECT change, count(*) FROM item GROUP BY change");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                counts.put(Change.valueOf(rows.getString(1)), rows.getInt(2));
            }
        }
        return counts;
    }

    /// The rows after the cursor.
    ///
    /// @param only these changes; empty: all
    List<Item> items(Collection<Change> only, @Nullable String cursor, int limit)
            throws SQLException {
        Cursor after = cursor == null ? Cursor.of(-1, 0, "") : Cursor.decode(cursor, CURSOR_PARTS);
        try (PreparedStatement statement =
                prepare(
                        """
                        SELECT url_id, change, before, now, rank, size FROM item
                        WHERE (? OR change = ANY (?)) AND (rank, -size, url_id) > (?, ?, ? COLLATE "C")
                        ORDER BY rank, size DESC, url_id LIMIT ?""")) {
            statement.setBoolean(3, only.isEmpty());
            statement.setArray(
                    4, connection.createArrayOf("text", only.stream().map(Change::name).toArray()));
            statement.setInt(5, (int) after.number(0));
            statement.setLong(6, -(long) after.number(1));
            statement.setString(7, after.key().get(2));
            statement.setInt(8, limit);
            List<Item> items = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    items.add(item(rows));
                }
            }
            return items;
        }
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString(1),
                Change.valueOf(row.getString(2)),
                row.getObject(3, Integer.class),
                row.getObject(4, Integer.class),
                row.getInt(5),
                row.getLong(6));
    }

    private PreparedStatement prepare(String select) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(ITEMS + select);
        statement.setObject(1, against);
        statement.setObject(2, run);
        return statement;
    }
}
