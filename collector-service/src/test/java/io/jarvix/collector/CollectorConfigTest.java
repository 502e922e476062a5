package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.smallrye.config.WithDefault;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CollectorConfigTest {

    @Test
    void theDefaultsArePinned() {
        Map<String, Object> values = new TreeMap<>();
        collect("", CollectorConfig.class, CollectorConfigs.with(Map.of()), values);

        assertThat(Objects.requireNonNull(values.remove("blocked-ports")).toString())
                .as("the list of the Fetch Standard")
                .matches("\\[(\\d+, ){80,}\\d+]");
        assertThat(values)
                .containsOnly(
                        entry("user-agent", "JARVIX/1.0 (+https://github.com/jarvix/jarvix)"),
                        entry("robots-agent", "jarvix"),
                        entry("concurrency", 100),
                        entry("max-tasks", 600),
                        entry("max-unacknowledged", 256),
                        entry("retries", 3),
                        entry("retry-delay-millis", 500),
                        entry("retry-jitter-millis", 200),
                        entry("retry-max-delay-millis", 10_000),
                        entry("exchange-deadline", Duration.ofSeconds(30)),
                        entry("connect-timeout", Duration.ofSeconds(5)),
                        entry("dns-timeout", Duration.ofSeconds(5)),
                        entry("max-body", 5 * 1024 * 1024),
                        entry("max-large-bodies", 16),
                        entry("small-body", 256 * 1024),
                        entry("max-header", 64 * 1024),
                        entry("max-redirects", 10),
                        entry("max-connections", 1_000),
                        entry("keep-alive", Duration.ofSeconds(15)),
                        entry("allowed-domains", Optional.empty()),
                        entry(
                                "blocked-path-prefixes",
                                List.of(
                                        "/login",
                                        "/auth",
                                        "/account",
                                        "/subscribe",
                                        "/admin",
                                        "/messages")),
                        entry("allowed-private-cidrs", Optional.empty()),
                        entry("hosts", Map.of()),
                        entry("trusted-certificates", Optional.empty()),
                        entry("shutdown-grace", Duration.ofSeconds(10)),
                        entry("per-host.concurrency", 4),
                        entry("per-host.delay", Duration.ZERO),
                        entry("per-host.back-off", Duration.ofSeconds(1)),
                        entry("per-host.max-back-off", Duration.ofMinutes(2)),
                        entry("per-host.remembered", 20_000),
                        entry("robots.max-body", 500 * 1024),
                        entry("robots.max-redirects", 5),
                        entry("robots.max-crawl-delay", Duration.ofSeconds(30)),
                        entry("robots.time-to-live", Duration.ofHours(1)),
                        entry("robots.unreachable-time-to-live", Duration.ofMinutes(5)),
                        entry("robots.cache-bytes", 32L * 1024 * 1024),
                        entry("archive.enabled", true),
                        entry("archive.folder", Path.of("archive")),
                        entry("archive.codec", ArchiveCodec.ZSTD),
                        entry("archive.max-records", 20_000),
                        entry("archive.max-bytes", 512L * 1024 * 1024),
                        entry("archive.max-age", Duration.ofSeconds(30)),
                        entry("archive.row-group-bytes", 4L * 1024 * 1024),
                        entry("archive.max-buffered", 64L * 1024 * 1024));
    }

    /// The bulkhead and the retries follow the collector's own settings, whose defaults are said
    /// twice: here and in application.properties.
    @Test
    void theAnnotationsHaveTheSameDefaults() throws Exception {
        Properties properties = new Properties();
        try (Reader in =
                Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        }
        CollectorConfig config = CollectorConfigs.with(Map.of());
        assertThat(properties)
                .contains(
                        entry(
                                "io.jarvix.collector.PermittedAttempt/make/Bulkhead/value",
                                "${jarvix.collector.concurrency:" + config.concurrency() + "}"),
                        entry(
                                "io.jarvix.collector.RetriedFetch/fetch/Retry/maxRetries",
                                "${jarvix.collector.retries:" + config.retries() + "}"),
                        entry(
                                "io.jarvix.collector.RetriedFetch/fetch/Retry/delay",
                                "${jarvix.collector.retry-delay-millis:"
                                        + config.retryDelayMillis()
                                        + "}"),
                        entry(
                                "io.jarvix.collector.RetriedFetch/fetch/Retry/jitter",
                                "${jarvix.collector.retry-jitter-millis:"
                                        + config.retryJitterMillis()
                                        + "}"),
                        entry(
                                "io.jarvix.collector.RetriedFetch/fetch/ExponentialBackoff/maxDelay",
                                "${jarvix.collector.retry-max-delay-millis:"
                                        + config.retryMaxDelayMillis()
                                        + "}"));
    }

    /// Each number and each duration of the configuration is a limit, and is in the table with its
    /// default.
    @Test
    void theTableOfLimitsAgrees() throws Exception {
        Map<String, String> limits = new HashMap<>();
        defaults("", CollectorConfig.class, limits);

        assertThat(ArchitectureText.limitsOfTheCollector()).containsAllEntriesOf(limits);
    }

    private static void collect(
            String prefix, Class<?> type, Object config, Map<String, Object> into) {
        for (Method method : type.getDeclaredMethods()) {
            String key = prefix + kebab(method.getName());
            Object value = invoke(method, config);
            if (isGroup(method)) {
                collect(key + ".", method.getReturnType(), value, into);
            } else {
                into.put(key, value);
            }
        }
    }

    private static Object invoke(Method method, Object config) {
        try {
            method.setAccessible(true);
            return method.invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void defaults(String prefix, Class<?> type, Map<String, String> into) {
        for (Method method : type.getDeclaredMethods()) {
            String key = prefix + kebab(method.getName());
            WithDefault written = method.getAnnotation(WithDefault.class);
            Class<?> returned = method.getReturnType();
            if (isGroup(method)) {
                defaults(key + ".", returned, into);
            } else if (returned == int.class
                    || returned == long.class
                    || returned == Duration.class) {
                into.put(key, written.value());
            }
        }
    }

    private static boolean isGroup(Method method) {
        return method.getReturnType().getEnclosingClass() == CollectorConfig.class;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
