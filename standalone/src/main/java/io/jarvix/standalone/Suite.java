package io.jarvix.standalone;

import io.jarvix.contracts.TopicCreation;
import io.jarvix.contracts.Topics;
import io.jarvix.embedded.EmbeddedBroker;
import io.jarvix.embedded.EmbeddedDatabase;
import io.quarkus.runtime.Application;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the four services run on in one process: a locked data folder, a broker and a database,
/// started side by side while the services are loaded. The services wait for the broker at their
/// first step ([BrokerGate]).
///
/// Guarantee: whatever way the process ends short of being killed, the services stop first, then
/// the broker and the database, then the lock is given back. Thread rule: one suite per process,
/// prepared by the main thread.
final class Suite {

    private static final int TOPIC_TIMEOUT_MILLIS = 30_000;

    private static volatile @Nullable Suite current;

    private final DataFolder folder;
    private final CompletableFuture<EmbeddedBroker> broker;
    private final CompletableFuture<EmbeddedDatabase> database;
    private final @Nullable DemoSite demo;

    private Suite(
            DataFolder folder,
            CompletableFuture<EmbeddedBroker> broker,
            CompletableFuture<EmbeddedDatabase> database,
            @Nullable DemoSite demo) {
        this.folder = folder;
        this.broker = broker;
        this.database = database;
        this.demo = demo;
    }

    /// Locks the folder, starts what the services need, and tells them by system properties where
    /// it is. Returns when the database is up; the broker may still be starting.
    ///
    /// @throws CommandException where the folder or a port is taken, or something does not start
    static Suite prepare(SuiteOptions options) {
        DataFolder folder = DataFolder.lock(options.data());
        requireFree(options.host(), options.port());
        DemoSite demo = options.demo() ? startDemo() : null;
        int brokerPort = freePort();
        CompletableFuture<EmbeddedBroker> broker =
                CompletableFuture.supplyAsync(
                        orFail("broker", () -> EmbeddedBroker.start(folder.broker(), brokerPort)),
                        Suite::onThread);
        CompletableFuture<EmbeddedDatabase> database =
                CompletableFuture.supplyAsync(
                        orFail("database", () -> EmbeddedDatabase.start(folder.database())),
                        Suite::onThread);
        Suite suite = new Suite(folder, broker, database, demo);
        current = suite;
        Runtime.getRuntime().addShutdownHook(new Thread(suite::stop, "jarvix-stop"));
        SuiteProperties.set(options, folder, brokerPort, join(database), demo);
        return suite;
    }

    DataFolder folder() {
        return folder;
    }

    /// Waits for the broker and creates the topics that are missing; nothing to do where no suite
    /// was prepared.
    static void awaitBroker() {
        Suite suite = current;
        if (suite == null) {
            return;
        }
        EmbeddedBroker broker = join(suite.broker);
        try {
            TopicCreation.createMissing(
                    broker.bootstrapServers(),
                    SuiteProperties.PARTITIONS,
                    (short) 1,
                    TOPIC_TIMEOUT_MILLIS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandException(
                    ExitCode.START_FAILED, "The topics " + Topics.ALL + " cannot be created.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.START_FAILED, "Interrupted while starting.", e);
        }
    }

    /// Runs in the JVM's shutdown hook, also after a failed start.
    private void stop() {
        Application services = Application.currentApplication();
        if (services != null) {
            services.stop();
            services.awaitShutdown();
        }
        closeStarted(broker);
        closeStarted(database);
        if (demo != null) {
            close(demo);
        }
        close(folder);
    }

    private static <T extends AutoCloseable> void closeStarted(CompletableFuture<T> started) {
        try {
            close(started.join());
        } catch (CompletionException e) {
            // It never started: there is nothing to close, and the start has said why.
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("jarvix: did not stop cleanly: " + e.getMessage());
        }
    }

    private static DemoSite startDemo() {
        try {
            return DemoSite.start();
        } catch (IOException e) {
            throw new CommandException(ExitCode.PORT_IN_USE, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.PORT_IN_USE,
                    "Cannot listen on %s:%d (%s). Stop what uses the port, or name another with --port."
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    /// A port of 127.0.0.1 that was free a moment ago.
    static int freePort() {
        try {
            return EmbeddedBroker.freePort();
        } catch (IOException e) {
            throw new CommandException(ExitCode.PORT_IN_USE, "No port of 127.0.0.1 is free.", e);
        }
    }

    private static void onThread(Runnable start) {
        Thread.ofPlatform().name("jarvix-start").daemon().start(start);
    }

    private static <T> Supplier<T> orFail(String part, Start<T> start) {
        return () -> {
            try {
                return start.run();
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.START_FAILED,
                        "The embedded " + part + " did not start: " + e.getMessage(),
                        e);
            }
        };
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CommandException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private interface Start<T> {
        T run() throws IOException;
    }
}
