package io.jarvix.collector;

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

/// A real broker for the time of the tests, a folder for the archive, and an authority whose
/// certificates the collector trusts.
public class KafkaForTests implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedBroker broker;
    private @Nullable Path folder;

    @Override
    public Map<String, String> start() {
        try {
            Path made = Files.createTempDirectory("jarvix-collector");
            folder = made;
            EmbeddedBroker started = EmbeddedBroker.start(made.resolve("kafka"));
            broker = started;
            return Map.of(
                    "kafka.bootstrap.servers",
                    started.bootstrapServers(),
                    "jarvix.topics.partitions",
                    "3",
                    "jarvix.collector.archive.folder",
                    made.resolve("archive").toString(),
                    "jarvix.collector.trusted-certificates",
                    TestCertificates.make(made.resolve("tls")).authority().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
