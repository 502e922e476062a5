package io.jarvix.standalone;

import io.jarvix.embedded.EmbeddedDatabase;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the services, by system properties, where their broker, database and folders are. What a
/// service reads from its environment when it stands alone comes from here in one process.
final class SuiteProperties {

    /// One process has at most a few workers per service: more partitions would only cost.
    static final int PARTITIONS = 4;

    private SuiteProperties() {}

    static void set(
            SuiteOptions options,
            DataFolder folder,
            int brokerPort,
            EmbeddedDatabase database,
            @Nullable DemoSite demo) {
        Map<String, String> properties =
                Map.ofEntries(
                        Map.entry("quarkus.http.host", options.host()),
                        Map.entry("quarkus.http.port", Integer.toString(options.port())),
                        Map.entry("kafka.bootstrap.servers", "127.0.0.1:" + brokerPort),
                        Map.entry("jarvix.topics.create", "false"),
                        Map.entry("quarkus.rest-client.gateway-pdf.url", options.url().toString()),
                        Map.entry("quarkus.datasource.jdbc.url", database.jdbcUrl()),
                        Map.entry("quarkus.datasource.username", database.user()),
                        Map.entry("quarkus.datasource.password", database.password()),
                        Map.entry("jarvix.collector.archive.folder", folder.archive().toString()),
                        Map.entry("quarkus.log.file.path", folder.log().toString()),
                        Map.entry(
                                "quarkus.log.console.enabled", Boolean.toString(!options.quiet())));
        properties.forEach(System::setProperty);
        if (demo != null) {
            System.setProperty(
                    "jarvix.collector.allowed-private-cidrs", String.join(",", demo.cidrs()));
            demo.hosts()
                    .forEach(
                            (host, address) ->
                                    System.setProperty(
                                            "jarvix.collector.hosts.\"" + host + "\"", address));
        }
    }
}
