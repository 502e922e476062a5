package io.jarvix.gateway;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The broker, as far as it answers.
@Singleton
class Broker {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Admin admin;
    private final Ping ping;

    Broker(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        int millis = (int) PATIENCE.toMillis();
        admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                                AdminClientConfig.CLIENT_ID_CONFIG, "gateway-ping",
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, millis));
        ping = new Ping(() -> admin.describeCluster().nodes().get(), PATIENCE);
    }

    /// Why it does not answer; absent where it does. Takes two seconds at most.
    @Nullable String objection() throws InterruptedException {
        return ping.objection();
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
