package io.jarvix.gateway;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Wire;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/// A run of any size that is over, written straight into the ledger.
final class ScoredRun {

    private static final int BATCH = 2_000;

    private ScoredRun() {}

    /// @param titleLength characters of each page's title
    static UUID insert(Connection connection, int lines, int titleLength) throws SQLException {
        UUID run = RunId.at(Instant.parse("2026-11-01T00:00:00Z"));
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        INSERT INTO run (id, name, state, end_state, fetch_options, language, submitted_at, deadline_at,
                            closed_at, ended_at, submitted, scored)
                        VALUES (?, 'large', 'COMPLETED', 'COMPLETED', '{}', 'en', now(), now(), now(), now(), ?, ?)""")) {
            statement.setObject(1, run);
            statement.setInt(2, lines);
            statement.setInt(3, lines);
            statement.executeUpdate();
        }
        for (int first = 1; first <= lines; first += BATCH) {
            insert(connection, run, first, Math.min(BATCH, lines - first + 1), titleLength);
        }
        return run;
    }

    private static void insert(
            Connection connection, UUID run, int first, int count, int titleLength)
            throws SQLException {
        Integer[] ordinals = new Integer[count];
        String[] urls = new String[count];
        Double[] values = new Double[count];
        byte[][] documents = new byte[count][];
        Integer[] lengths = new Integer[count];
        for (int i = 0; i < count; i++) {
            PageScore page = page(run, first + i, titleLength);
            byte[] json = Wire.write(page);
            ordinals[i] = page.ordinal();
            urls[i] = page.url();
            values[i] = ((PageResult.Scored) page.result()).score().value();
            documents[i] = Document.compress(json);
            lengths[i] = json.length;
        }
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        INSERT INTO ledger (run_id, ordinal, state, url, url_id, host, language, value, action, document,
                            document_length)
                        SELECT ?, ordinal, 'SCORED', url, md5(url), 'large.example', 'en', value, 'SKIP', document, length
                        FROM unnest(?::int[], ?::text[], ?::float8[], ?::bytea[], ?::int[])
                            AS page(ordinal, url, value, document, length)""")) {
            statement.setObject(1, run);
            statement.setArray(2, connection.createArrayOf("int4", ordinals));
            statement.setArray(3, connection.createArrayOf("text", urls));
            statement.setArray(4, connection.createArrayOf("float8", values));
            statement.setArray(5, connection.createArrayOf("bytea", documents));
            statement.setArray(6, connection.createArrayOf("int4", lengths));
            statement.executeUpdate();
        }
    }

    private static PageScore page(UUID run, int ordinal, int titleLength) {
        CanonicalUrl url =
                (CanonicalUrl) CanonicalUrl.parse("https://large.example/item/" + ordinal);
        String title = ("Item " + ordinal + " of the shop. ").repeat(titleLength / 20 + 1);
        return new PageScore(
                run,
                ordinal,
                1,
                url.url(),
                url.urlId(),
                Pages.fetched(url.url(), 200),
                Pages.scored(ordinal * 37L % 100_003 / 1_001.0, title.substring(0, titleLength)));
    }
}
