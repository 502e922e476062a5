package io.jarvix.gateway;

import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A real broker and a real database for the tests of the whole gateway.
public final class EmbeddedServers implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedBroker broker;
    private @Nullable EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("jarvix-gateway-test");
            EmbeddedBroker startedBroker = EmbeddedBroker.start(folder.resolve("broker"));
            broker = startedBroker;
            EmbeddedDatabase startedDatabase = EmbeddedDatabase.start(folder.resolve("database"));
            database = startedDatabase;
            Map<String, String> config = new HashMap<>();
            config.put("kafka.bootstrap.servers", startedBroker.bootstrapServers());
            config.put("quarkus.datasource.jdbc.url", startedDatabase.jdbcUrl());
            config.put("quarkus.datasource.username", startedDatabase.user());
            config.put("quarkus.datasource.password", startedDatabase.password());
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
            if (broker != null) {
                broker.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
