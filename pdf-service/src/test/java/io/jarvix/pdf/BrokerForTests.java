package io.jarvix.pdf;

import io.jarvix.embedded.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real broker for the time of the tests of the running service.
public final class BrokerForTests implements QuarkusTestResourceLifecycleManager {

    private static @Nullable Running running;

    private record Running(Path folder, EmbeddedBroker broker) {}

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("jarvix-pdf-broker");
            EmbeddedBroker broker = EmbeddedBroker.start(folder);
            running = new Running(folder, broker);
            return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops the broker for as long as the work takes; its data and its port stay.
    static void withoutBroker(Runnable work) throws IOException {
        Running before = Objects.requireNonNull(running);
        before.broker().close();
        try {
            work.run();
        } finally {
            running =
                    new Running(
                            before.folder(),
                            EmbeddedBroker.start(before.folder(), before.broker().port()));
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
