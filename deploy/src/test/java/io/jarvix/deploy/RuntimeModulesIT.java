package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The images' Java runtime holds the modules that the packaged services name in their class files.
class RuntimeModulesIT {

    private static final List<String> LISTED =
            Repository.text(Repository.file("deploy/images/java-modules"))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();

    /// Named by parts of libraries that a service at work never enters.
    private static final Map<String, String> NOT_NEEDED =
            Map.of(
                    "java.compiler", "annotation processors and in-memory compilers",
                    "jdk.attach", "Byte Buddy's agent",
                    "jdk.httpserver", "Prometheus' own HTTP server",
                    "jdk.compiler", "annotation processors",
                    "jdk.jdi", "debuggers");

    private static final Map<String, String> MODULE_OF_PACKAGE =
            ModuleLayer.boot().modules().stream()
                    .flatMap(
                            module ->
                                    module.getPackages().stream()
                                            .map(name -> Map.entry(name, module.getName())))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a));

    static Set<String> services() {
        return Repository.SERVICES.keySet();
    }

    @ParameterizedTest
    @MethodSource("services")
    void whatAServiceNamesIsInTheRuntime(String service) throws IOException {
        Map<String, String> named = new HashMap<>();
        try (Stream<Path> files = Files.walk(Repository.file(service + "/target/quarkus-app"))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                collect(jar, named);
            }
        }

        assertThat(named.keySet()).contains("java.base", "java.logging");
        Set<String> missing = new TreeSet<>(named.keySet());
        missing.removeAll(LISTED);
        missing.removeAll(NOT_NEEDED.keySet());
        assertThat(missing).describedAs(named.toString()).isEmpty();
    }

    @Test
    void theListHoldsNothingThatTheJdkLacks() {
        assertThat(LISTED)
                .doesNotHaveDuplicates()
                .isSubsetOf(
                        java.lang.module.ModuleFinder.ofSystem().findAll().stream()
                                .map(module -> module.descriptor().name())
                                .toList());
    }

    private static void collect(Path jar, Map<String, String> named) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class")
                        && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        for (PoolEntry part :
                                ClassFile.of().parse(in.readAllBytes()).constantPool()) {
                            if (part instanceof ClassEntry reference) {
                                String name = reference.asInternalName();
                                int end = name.lastIndexOf('/');
                                String module =
                                        MODULE_OF_PACKAGE.get(
                                                end < 0
                                                        ? ""
                                                        : name.substring(0, end).replace('/', '.'));
                                if (module != null) {
                                    named.putIfAbsent(
                                            module, jar.getFileName() + "!" + entry.getName());
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
