package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the cases share: where things are, how processes are started, where results go.
///
/// @param root the project's folder
/// @param work a folder of the suite's own, emptied at its end
/// @param quick smaller cases, for a first look
/// @param serviceOptions options for the JVM of every service process that a case starts itself
record Bench(Path root, Path work, boolean quick, List<String> serviceOptions, Report report) {

    /// Of a service process, where a case does not say otherwise: less than its container gives it.
    private static final String SERVICE_HEAP = "-Xmx256m";

    /// The options that the images give their JVM.
    private static final String IMAGE_OPTIONS = "deploy/images/java-options";

    private static final Duration START = Duration.ofSeconds(90);

    /// The pages that a case uses unless it says otherwise: 200 sites, no latency, no faults.
    static final SitePlan CLEAN = new SitePlan(8, 200, 0, 0, 0);

    /// The number of the first page of the next run: each run has pages that no run had before.
    private static int nextPage;

    static int freshPages(int count) {
        int first = nextPage;
        nextPage += count;
        return first;
    }

    int sized(int full, int quickly) {
        return quick ? quickly : full;
    }

    /// The origin in a process of its own.
    RunningOrigin origin(SitePlan plan) throws IOException, InterruptedException {
        ManagedProcess process =
                ManagedProcess.start(
                        "origin",
                        root,
                        own(
                                List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4"),
                                "origin",
                                "--seed=" + plan.seed(),
                                "--hosts=" + plan.hosts(),
                                "--latency="
                                        + plan.minLatencyMillis()
                                        + "-"
                                        + plan.maxLatencyMillis(),
                                "--faults=" + plan.faultShare()),
                        Map.of(),
                        log("origin"));
        return new RunningOrigin(
                process, plan, Integer.parseInt(process.awaitLine(OriginCommand.READY, START)));
    }

    /// A broker in a process of its own; its address is the line's rest.
    RunningBroker broker() throws IOException, InterruptedException {
        Path data = folder("broker");
        ManagedProcess process =
                ManagedProcess.start(
                        "broker",
                        root,
                        own(List.of("-Xmx256m"), "broker", "--data=" + data),
                        Map.of(),
                        log("broker"));
        return new RunningBroker(process, process.awaitLine(BrokerCommand.READY, START));
    }

    /// A service in a process of its own, ready to work.
    ManagedProcess service(String module, Map<String, String> environment)
            throws IOException, InterruptedException {
        return service(module, EmbeddedBroker.freePort(), SERVICE_HEAP, environment);
    }

    ManagedProcess service(String module, int port, Map<String, String> environment)
            throws IOException, InterruptedException {
        return service(module, port, SERVICE_HEAP, environment);
    }

    /// @param heap the JVM's option
    ManagedProcess service(String module, int port, String heap, Map<String, String> environment)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HTTP_PORT", Integer.toString(port));
        List<String> command = new ArrayList<>(List.of(java()));
        command.add("@" + root.resolve(IMAGE_OPTIONS));
        command.add(heap);
        command.addAll(serviceOptions);
        command.addAll(List.of("-jar", application(module).toString()));
        ManagedProcess process = ManagedProcess.start(module, work, command, all, log(module));
        process.awaitOk(URI.create("http://127.0.0.1:" + port + "/q/health/ready"), START);
        return process;
    }

    Path application(String module) throws IOException {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IOException("not built: " + jar);
        }
        return jar;
    }

    /// An empty folder below the work folder.
    Path folder(String name) throws IOException {
        Path folder = work.resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    /// The seed list of some pages, as a file.
    Path seeds(RunningOrigin origin, int first, int count) throws IOException {
        Path file = work.resolve("seeds.txt");
        StringBuilder lines = new StringBuilder();
        for (int number = first; number < first + count; number++) {
            lines.append(origin.plan().urlOf(number, origin.port())).append('\n');
        }
        return Files.writeString(file, lines, UTF_8);
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path log(String name) throws IOException {
        return Files.createDirectories(work.resolve("logs"))
                .resolve(name + "-" + System.nanoTime() + ".log");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// This program again, with another command.
    private static List<String> own(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
