package io.jarvix.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A PostgreSQL server on 127.0.0.1 as a child process, with its data in a folder. A server that
/// outlived a killed JVM is stopped first. Thread rule: start and close from one thread.
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final Duration ORPHAN_STOP = Duration.ofSeconds(10);

    private final EmbeddedPostgres server;

    private EmbeddedDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /// Starts the server on a free port.
    public static EmbeddedDatabase start(Path folder) throws IOException {
        return start(folder, EmbeddedBroker.freePort());
    }

    /// Starts the server and returns when it accepts clients. The binaries are unpacked beside the
    /// data, once.
    ///
    /// @param folder its data; made where it is missing. The caller holds the lock of the folder's
    ///     owner
    /// @throws IOException where the folder cannot be used, the port is taken, or the server does
    ///     not come up
    public static EmbeddedDatabase start(Path folder, int port) throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(folder);
        stopOrphan(data);
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPort(port)
                        .setPGStartupWait(STARTUP)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "60")
                        .setServerConfig("shared_buffers", "48MB")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_wal_size", "512MB")
                        .setOutputRedirector(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("server.log").toFile()))
                        .setErrorRedirector(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("server.log").toFile()))
                        .start();
        return new EmbeddedDatabase(server);
    }

    /// The JDBC URL of the default database, without credentials.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    public String user() {
        return USER;
    }

    public String password() {
        return USER;
    }

    public int port() {
        return server.getPort();
    }

    /// Stops the server; returns when it is down.
    @Override
    public void close() throws IOException {
        server.close();
    }

    /// Line 1 of `postmaster.pid` is the server's process; it is ours only if it runs in this very
    /// folder (line 2).
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 2 || !Path.of(lines.get(1)).equals(data.toAbsolutePath())) {
            return;
        }
        Optional<ProcessHandle> orphan =
                ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .filter(EmbeddedDatabase::isPostgres);
        if (orphan.isPresent()) {
            stop(orphan.get());
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(false);
    }

    private static void stop(ProcessHandle process) throws IOException {
        process.destroy();
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(ORPHAN_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            exit.join();
        } catch (ExecutionException e) {
            throw new IOException("process " + process.pid() + " does not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while process " + process.pid() + " stops", e);
        }
    }
}
