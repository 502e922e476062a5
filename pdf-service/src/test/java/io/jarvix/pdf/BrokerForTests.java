package io.jarvix.pdf;

import io.jarvix.embedded.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real broker for the time of the tests of the running service.
public final class BrokerForTests implements QuarkusTestResourceLifecycleManager {

    private @Nullable Running running;

    private record Running(Path folder, EmbeddedBroker broker) {}

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("jarvix-pdf-broker");
            running = new Running(folder, EmbeddedBroker.start(folder));
            return Map.of("kafka.bootstrap.servers", running.broker().bootstrapServers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (running == null) {
            return;
        }
        running.broker().close();
        try (Stream<Path> paths = Files.walk(running.folder())) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
