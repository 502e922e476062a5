package io.jarvix.scoring;

import io.jarvix.embedded.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A broker for the tests that run the application.
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedBroker broker;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("jarvix-scoring-test");
            broker = EmbeddedBroker.start(folder);
            return Map.of(
                    "kafka.bootstrap.servers", broker.bootstrapServers(),
                    "jarvix.topics.partitions", "4",
                    "quarkus.log.level", "WARN",
                    "quarkus.http.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
