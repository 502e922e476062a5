package io.jarvix.gateway;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses to start where others could reach a gateway that has no key. A key of the configuration is kept first,
/// for deployments without a command line.
@Singleton
final class OpenAddressGuard {

    private static final int SHORTEST_KEY = 24;

    private final String host;
    private final Optional<String> adminKey;

    OpenAddressGuard(@ConfigProperty(name = "quarkus.http.host") String host, GatewayConfig config) {
        this.host = host;
        this.adminKey = config.adminKey();
    }

    void check(@Observes StartupEvent event) throws UnknownHostException {
        adminKey.ifPresent(key -> QuarkusTransaction.joiningExisting().run(() -> keep(key)));
        check(host, QuarkusTransaction.joiningExisting().call(ApiKey::any));
    }

    private static void keep(String key) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalStateException(
                    "jarvix.gateway.admin-key has less than " + SHORTEST_KEY + " characters: anyone could guess it.");
        }
        if (ApiKey.of(key) == null) {
            ApiKey admin = new ApiKey();
            admin.createdAt = Instant.now();
            admin.id = RunId.at(admin.createdAt);
            admin.name = "configured";
            admin.role = ApiKey.Role.ADMIN;
            admin.sha256 = ApiKeyCreation.sha256(key);
            admin.persist();
        }
    }

    static void check(String host, boolean keysExist) throws UnknownHostException {
        if (!keysExist && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new IllegalStateException(
                    "The address "
                            + host
                            + " can be reached from outside and there is no API key: make one with"
                            + " `jarvix keys create`, or listen on 127.0.0.1.");
        }
    }
}
