package io.jarvix.gateway;

import static io.jarvix.gateway.DuckDb.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway as a process whose heap is smaller than what it exports.
class LargeExportIT {

    private static final int LINES = 100_000;
    private static final int TITLE = 450;
    private static final String HEAP = "96m";
    private static final long HEAP_BYTES = 96L * 1024 * 1024;

    /// More than the gateway has database connections.
    private static final int STALLED = 25;

    @TempDir Path folder;

    @Test
    void aHundredThousandRowsAreExportedInEachFormWhileManyClientsDoNotRead() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"))) {
            TopicCreation.createMissing(broker.bootstrapServers(), 1, (short) 1, 30_000);
            try (GatewayProcess gateway =
                    GatewayProcess.start(folder.resolve("log"), broker, database, HEAP)) {
                UUID run = insert(database);
                String scores = "/runs/" + run + "/scores";
                List<Socket> stalled = stall(gateway.uri(scores));

                Path ndjson = gateway.download(scores, "application/x-ndjson", folder);
                Path csv = gateway.download(scores, "text/csv", folder);
                Path parquet = gateway.download(scores, "application/vnd.apache.parquet", folder);

                assertThat(Files.size(ndjson)).isGreaterThan(HEAP_BYTES / 3 * 2);
                assertThat(number("select count(*) from '" + parquet + "'")).isEqualTo(LINES);
                assertThat(
                                number(
                                        "select count(distinct ordinal) from read_csv('"
                                                + csv
                                                + "') where score between 0 and 100"))
                        .isEqualTo(LINES);
                assertThat(
                                number(
                                        "select count(*) from (select * from '%s' except all select * from '%s')"
                                                .formatted(parquet, ndjson)))
                        .isZero();
                assertThat(number("select count(distinct ordinal) from '" + ndjson + "'"))
                        .isEqualTo(LINES);
                assertThat(gateway.get("/runs/" + run).statusCode()).isEqualTo(200);
                for (Socket socket : stalled) {
                    socket.close();
                }
            }
        }
    }

    private static UUID insert(EmbeddedDatabase database) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password())) {
            return ScoredRun.insert(connection, LINES, TITLE);
        }
    }

    /// Clients that ask for all, read the beginning and then nothing more.
    private static List<Socket> stall(URI uri) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            Socket socket = new Socket(uri.getHost(), uri.getPort());
            sockets.add(socket);
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: gateway\r\nAccept: application/x-ndjson\r\n\r\n"
                                    .formatted(uri.getPath())
                                    .getBytes(StandardCharsets.US_ASCII));
        }
        for (Socket socket : sockets) {
            InputStream in = socket.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
        return sockets;
    }
}
