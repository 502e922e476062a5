package io.jarvix.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// One KRaft broker and controller in this JVM, on 127.0.0.1. Its topics and offsets live in the
/// folder and are there again after a restart, whatever the port. Thread rule: start and close from
/// one thread.
public final class EmbeddedBroker implements AutoCloseable {

    private static final int NODE_ID = 1;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /// Starts the broker on a free port.
    public static EmbeddedBroker start(Path folder) throws IOException {
        return start(folder, freePort());
    }

    /// Starts the broker and returns when it accepts clients.
    ///
    /// @param folder its data; made where it is missing
    /// @throws IOException where the folder cannot be used or the port is taken
    public static EmbeddedBroker start(Path folder, int port) throws IOException {
        Files.createDirectories(folder);
        format(folder);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(folder, port, freePort()), false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new IOException("The embedded broker did not start: " + e.getMessage(), e);
        }
        return new EmbeddedBroker(server, port);
    }

    /// Where clients connect, `127.0.0.1:port`.
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// Flushes and closes the logs; returns when the broker is down.
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /// A port of 127.0.0.1 that was free a moment ago.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void format(Path folder) throws IOException {
        Formatter formatter =
                new Formatter()
                        .setPrintStream(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8))
                        .setNodeId(NODE_ID)
                        .setClusterId(Uuid.randomUuid().toString())
                        .setControllerListenerName("CONTROLLER")
                        .setMetadataLogDirectory(folder.toString())
                        .addDirectory(folder.toString())
                        .setIgnoreFormatted(true);
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            formatter.run();
        } catch (Exception e) {
            throw new IOException("The broker's folder cannot be formatted: " + folder, e);
        }
    }

    /// Small and quick: a single node has nobody to replicate to, and a laptop has few cores.
    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("log.retention.check.interval.ms", "60000");
        settings.put("message.max.bytes", "8388608");
        settings.put("replica.fetch.max.bytes", "8388608");
        settings.put("queued.max.requests", "64");
        return settings;
    }
}
