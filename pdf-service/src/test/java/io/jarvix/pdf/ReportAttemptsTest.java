package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportAttemptsTest {

    @TempDir Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aTemplateThatCannotBeRenderedIsTriedABoundedNumberOfTimesAndGivesAReason()
            throws Exception {
        Files.writeString(folder.resolve("report.html"), "<html>{report.noSuchField}</html>");

        ReportAttempts.Outcome outcome = attempts(Optional.of(folder)).render(Requests.ofTen("en"));

        assertThat(outcome.pdf()).isNull();
        assertThat(outcome.result())
                .isInstanceOfSatisfying(
                        ReportResult.NotRendered.class,
                        result -> {
                            assertThat(result.requestId()).isEqualTo(Requests.REQUEST);
                            assertThat(result.reason())
                                    .startsWith("The report could not be rendered: ")
                                    .contains("noSuchField");
                        });
        assertThat(registry.get("jarvix.pdf.attempts.failed").counter().count()).isEqualTo(3);
    }

    @Test
    void aTemplateThatIsNotWellFormedGivesAReason() throws Exception {
        Files.writeString(folder.resolve("report.html"), "<html><p>open</html>");

        ReportAttempts.Outcome outcome = attempts(Optional.of(folder)).render(Requests.ofTen("en"));

        assertThat(outcome.result())
                .isInstanceOfSatisfying(
                        ReportResult.NotRendered.class,
                        result -> assertThat(result.reason()).contains("well-formed"));
    }

    @Test
    void theNextRequestIsRenderedAfterOneThatFailed() throws Exception {
        Files.writeString(
                folder.resolve("report.html"),
                "<html lang=\"en\"><head><title>x</title><style>{css}</style></head><body>"
                        + "{#if report.coverage.failed > 0}{report.noSuchField}{/if}ok</body></html>");
        ReportAttempts attempts = attempts(Optional.of(folder));

        attempts.render(Requests.ofTen("en"));
        ReportAttempts.Outcome outcome = attempts.render(Requests.titled("fine"));

        assertThat(outcome.result()).isInstanceOf(ReportResult.Rendered.class);
        assertThat(Printed.of(Objects.requireNonNull(outcome.pdf())).text()).contains("ok");
    }

    @Test
    void aDesignerChangesTheLooksWithoutJava() throws Exception {
        Files.writeString(folder.resolve("report.css"), "body { font-family: var(--typefaces); }");
        Files.writeString(
                folder.resolve("messages_fr.properties"),
                new Design(Optional.empty())
                        .text("messages_en.properties")
                        .replace("summary=Executive summary", "summary=Synthèse"));

        ReportAttempts.Outcome outcome = attempts(Optional.of(folder)).render(Requests.ofTen("fr"));

        assertThat(Printed.of(Objects.requireNonNull(outcome.pdf())).text()).contains("Synthèse");
    }

    @Test
    void aCallerWhoseTurnDoesNotComeInTimeGetsNothing() throws Exception {
        ReportRenderer renderer = new ReportRenderer(1);
        ReportRequest large = Requests.of(10_000, "en");
        List<Thread> ahead =
                Stream.generate(() -> Thread.ofVirtual().start(() -> render(renderer, large)))
                        .limit(3)
                        .toList();
        while (renderer.freePresses() > 0) {
            Thread.onSpinWait();
        }

        assertThat(
                        renderer.render(
                                Requests.ofTen("en"), ReportForm.FULL, null, Duration.ofMillis(1)))
                .isEmpty();

        for (Thread thread : ahead) {
            thread.join();
        }
        assertThat(renderer.render(Requests.ofTen("en"), ReportForm.FULL, null, Duration.ZERO))
                .isPresent();
    }

    private static void render(ReportRenderer renderer, ReportRequest request) {
        try {
            renderer.render(request);
        } catch (ReportFailedException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ReportAttempts attempts(Optional<Path> design) {
        ReportRenderer renderer = new ReportRenderer(1, 1_000, design);
        PdfConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(PdfConfig.class)
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of("jarvix.pdf.retry-delay", "1ms"), "test", 100))
                        .build()
                        .getConfigMapping(PdfConfig.class);
        return new ReportAttempts(renderer, config, new PdfMetrics(registry, renderer));
    }
}
