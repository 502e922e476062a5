package io.jarvix.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A process that the suite started, with its output in a file. Closing it asks it to end, and
/// makes it after a while.
final class ManagedProcess implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int LOOK_MILLIS = 20;
    private static final int LOG_TAIL = 30;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String name;
    private final Process process;
    private final Path log;
    private final List<Long> companions = new CopyOnWriteArrayList<>();

    private ManagedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ManagedProcess start(
            String name,
            Path folder,
            List<String> command,
            Map<String, String> environment,
            Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ManagedProcess(name, builder.start(), log);
    }

    String name() {
        return name;
    }

    /// Another process that works for this one without being its child.
    void addCompanion(long pid) {
        companions.add(pid);
    }

    /// The worker, its children, and the companions with theirs.
    List<Long> all() {
        return Stream.concat(Stream.of(workerPid()), companions.stream())
                .flatMap(pid -> ProcessUsage.tree(pid).stream())
                .distinct()
                .toList();
    }

    /// The Java process where a script started it, else the process itself.
    long workerPid() {
        return ProcessUsage.tree(process.pid()).stream()
                .filter(ManagedProcess::isJava)
                .findFirst()
                .orElse(process.pid());
    }

    /// Waits until a line of the output begins with the text, and returns what follows it.
    String awaitLine(String beginning, Duration patience) throws IOException, InterruptedException {
        return await(
                "the line " + beginning,
                patience,
                () -> {
                    try {
                        return Files.readAllLines(log).stream()
                                .filter(line -> line.startsWith(beginning))
                                .map(line -> line.substring(beginning.length()))
                                .findFirst();
                    } catch (IOException e) {
                        return Optional.empty();
                    }
                });
    }

    /// Waits until the address answers with 200.
    void awaitOk(URI address, Duration patience) throws IOException, InterruptedException {
        await(
                "200 of " + address,
                patience,
                () -> isOk(address) ? Optional.of("") : Optional.empty());
    }

    /// Returns when the process has ended.
    @Override
    public void close() throws InterruptedException {
        long worker = workerPid();
        ProcessHandle.of(worker).ifPresent(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private String await(String what, Duration patience, Supplier<Optional<String>> look)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Optional<String> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(name + " ended with " + process.exitValue() + ":\n" + tail());
            }
        }
        throw new IOException(name + ": waited in vain for " + what + ":\n" + tail());
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
    }

    private static boolean isJava(long pid) {
        try {
            return ProcessUsage.name(pid).equals("java");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOk(URI address) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
