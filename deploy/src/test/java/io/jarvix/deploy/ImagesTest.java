package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The Dockerfile and what it copies.
class ImagesTest {

    private static final List<String> DOCKERFILE =
            Repository.text(Repository.file("deploy/images/Dockerfile")).lines().toList();

    @Test
    void theUserIsANumberThatIsNotRoot() {
        assertThat(DOCKERFILE.stream().filter(line -> line.startsWith("USER")))
                .containsExactly("USER 10001:10001");
    }

    @Test
    void librariesComeBeforeCode() {
        List<String> copied =
                DOCKERFILE.stream()
                        .filter(line -> line.startsWith("COPY ${SERVICE}"))
                        .map(line -> line.split(" ")[2])
                        .toList();

        assertThat(copied).containsExactly("/app", "/app/lib", "/app/quarkus", "/app/app");
    }

    @Test
    void whatRunsIsWhatTheCacheWasMadeOf() {
        String entryPoint = DOCKERFILE.getLast();
        String training = Repository.text(Repository.file("deploy/images/train"));

        assertThat(DOCKERFILE.subList(DOCKERFILE.size() - 5, DOCKERFILE.size() - 3))
                .containsExactly("FROM service", "COPY --from=trained /app.aot /app/app.aot");
        assertThat(entryPoint)
                .contains("\"@/app/java-options\"", "\"-XX:AOTCache=/app/app.aot\"")
                .endsWith("\"-jar\", \"/app/launcher.jar\"]");
        assertThat(training)
                .contains(
                        "java @/app/java-options -XX:AOTCacheOutput=/app.aot -jar /app/launcher.jar");
    }

    @Test
    void baseImagesCanBeReplacedAndHaveAVersion() {
        assertThat(
                        DOCKERFILE.stream()
                                .filter(line -> line.startsWith("ARG ") && line.contains("=")))
                .hasSize(2)
                .allMatch(line -> line.matches("ARG [A-Z]+=[a-z-]+:\\d.*"));
        assertThat(DOCKERFILE.stream().filter(line -> line.startsWith("FROM ")))
                .allMatch(
                        line -> line.matches("FROM (\\$\\{[A-Z]+}|runtime|service)( AS [a-z]+)?"));
    }

    @Test
    void theListOfModulesHoldsNoModuleThatThisJdkLacks() {
        Set<String> known =
                ModuleLayer.boot().configuration().modules().stream()
                        .map(module -> module.name())
                        .collect(Collectors.toSet());
        assertThat(modules()).contains("java.base", "jdk.charsets", "java.desktop");
        assertThat(modules().stream().filter(name -> name.startsWith("java."))).isSubsetOf(known);
    }

    @Test
    void theScriptsAreExecutable() {
        assertThat(List.of("healthy", "launcher", "train"))
                .allMatch(name -> Files.isExecutable(Repository.file("deploy/images/" + name)));
    }

    @Test
    void theBuildContextHoldsWhatTheImageNeedsAndNothingElse() {
        assertThat(Repository.text(Repository.file(".dockerignore")).lines())
                .containsSubsequence("*", "!deploy/images", "!*/target/quarkus-app");
    }

    private static List<String> modules() {
        return Repository.text(Repository.file("deploy/images/java-modules"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
