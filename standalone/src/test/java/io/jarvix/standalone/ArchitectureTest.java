package io.jarvix.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.jarvix.contracts.Pure;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The rules of the house (ARCHITECTURE.md) that a compiler does not know.
@AnalyzeClasses(packages = "io.jarvix", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final Set<String> CLOCK_READS =
            Set.of("now", "currentTimeMillis", "nanoTime", "randomUUID");

    @ArchTest
    static final ArchRule servicesDoNotDependOnEachOther =
            slices().matching("io.jarvix.(gateway|collector|scoring|pdf)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule servicesKnowNothingOfWhatEmbedsThem =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.jarvix.gateway",
                            "io.jarvix.collector",
                            "io.jarvix.scoring",
                            "io.jarvix.pdf")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.jarvix.standalone", "io.jarvix.embedded");

    @ArchTest
    static final ArchRule contractsArePlainJava =
            noClasses()
                    .that()
                    .resideInAPackage("io.jarvix.contracts")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..");

    @ArchTest
    static final ArchRule everyModuleIsOneFlatPackage =
            classes()
                    .should()
                    .resideInAnyPackage(
                            "io.jarvix.contracts",
                            "io.jarvix.embedded",
                            "io.jarvix.gateway",
                            "io.jarvix.collector",
                            "io.jarvix.scoring",
                            "io.jarvix.pdf",
                            "io.jarvix.standalone");

    @ArchTest
    static final ArchRule pureClassesTouchNothing =
            noClasses()
                    .that()
                    .areAnnotatedWith(Pure.class)
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                    "io.quarkus..",
                                    "io.vertx..",
                                    "io.smallrye..",
                                    "jakarta..",
                                    "java.net.http..",
                                    "java.nio.file..",
                                    "java.sql..",
                                    "javax.sql..",
                                    "org.apache.kafka..",
                                    "org.eclipse.microprofile..",
                                    "org.jboss.logging.."));

    @ArchTest
    static final ArchRule pureClassesReadNoClock =
            noClasses().that().areAnnotatedWith(Pure.class).should().callMethodWhere(readsAClock());

    @ArchTest
    static final ArchRule somethingIsPureInEveryServiceThatDecides =
            classes()
                    .that()
                    .haveSimpleName("Frontier")
                    .or()
                    .haveSimpleName("Politeness")
                    .or()
                    .haveSimpleName("Formula")
                    .or()
                    .haveSimpleName("ReportEditor")
                    .should()
                    .beAnnotatedWith(Pure.class)
                    .allowEmptyShould(false);

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            noFields()
                    .should()
                    .beAnnotatedWith(Inject.class)
                    .orShould()
                    .beAnnotatedWith(ConfigProperty.class)
                    .because("constructors name what a class needs, and its fields stay final");

    @ArchTest
    static final ArchRule servicesDoNotPrint =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.jarvix.standalone")
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");

    private static DescribedPredicate<JavaCall<?>> readsAClock() {
        return DescribedPredicate.describe(
                "reads the clock or chance",
                call ->
                        call.getTargetOwner().isAssignableTo(Clock.class)
                                || (call.getTargetOwner().getPackageName().startsWith("java.")
                                        && CLOCK_READS.contains(call.getTarget().getName())));
    }
}
