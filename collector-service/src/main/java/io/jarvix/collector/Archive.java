package io.jarvix.collector;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs the [ArchiveWriter] on a thread of its own: reading, compressing and syncing are one
/// sequential work that has to block, and the consumer's own pace is its back-pressure. A failure
/// (a full disk, a broker that is away) starts it anew from the committed offsets, later and later.
@ApplicationScoped
class Archive {

    private static final Logger LOG = Logger.getLogger(Archive.class);
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LAST_PAUSE_MILLIS = 30_000;

    private final CollectorConfig.Archive config;
    private final Map<String, Object> kafka;
    private final ArchiveFolder folder;
    private volatile boolean stopped;
    private volatile long lag;
    private volatile long open;
    private volatile @Nullable String failure;
    private @Nullable Thread thread;

    Archive(
            CollectorConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry) {
        this.config = config.archive();
        this.kafka = kafka;
        this.folder = new ArchiveFolder(this.config.folder());
        Gauge.builder("jarvix.collector.archive.lag", this, archive -> archive.lag)
                .description("Raw records that the archive has not read")
                .register(registry);
        Gauge.builder("jarvix.collector.archive.open", this, archive -> archive.open)
                .description("Raw records that are read and not yet in a file of the archive")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            thread = Thread.ofPlatform().name("jarvix-archive").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        if (thread != null) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
    }

    /// What keeps the archive from writing now; empty where nothing does.
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!stopped) {
            try (KafkaConsumer<String, byte[]> made =
                    new KafkaConsumer<>(
                            settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
                ArchiveWriter writer =
                        new ArchiveWriter(
                                made,
                                folder,
                                ArchiveWindow.Bounds.of(config),
                                config.maxBuffered());
                pause = write(writer, pause);
            } catch (IOException | UncheckedIOException | KafkaException e) {
                if (!stopped) {
                    failure = String.valueOf(e.getMessage());
                    LOG.errorf(e, "the archive begins anew error=%s", e.getMessage());
                    pause = sleep(pause);
                }
            }
        }
    }

    private long write(ArchiveWriter writer, long pause) throws IOException {
        long next = pause;
        try {
            writer.subscribe();
            while (!stopped) {
                writer.step();
                if (writer.works()) {
                    failure = null;
                    next = FIRST_PAUSE_MILLIS;
                }
                lag = writer.lag();
                open = writer.open();
            }
            writer.finish();
        } finally {
            writer.abandonAll();
        }
        return next;
    }

    private static long sleep(long pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Math.min(LAST_PAUSE_MILLIS, pause * 2);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "jarvix-archive");
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "collector-archive-in");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 * 1024 * 1024);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 2 * 1024 * 1024);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return settings;
    }
}
