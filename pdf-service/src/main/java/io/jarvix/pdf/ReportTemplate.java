package io.jarvix.pdf;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.EvaluatedParams;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.NamespaceResolver;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/// A Qute template with its style sheet, parsed once. Whatever a value holds is escaped: a title
/// with markup or template syntax prints as it is. Safe from any thread.
final class ReportTemplate {

    private static final String MESSAGES = "messages";

    private final Template template;
    private final String css;

    /// @param name of the template and its style sheet in the design, without their endings
    ReportTemplate(Design design, String name) {
        Engine engine =
                Engine.builder()
                        .addDefaults()
                        .addValueResolver(new ReflectionValueResolver())
                        .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                        .addNamespaceResolver(
                                NamespaceResolver.builder("msg")
                                        .resolve(ReportTemplate::message)
                                        .build())
                        .strictRendering(true)
                        .removeStandaloneLines(true)
                        .build();
        template =
                engine.parse(
                        design.text(name + ".html"),
                        new Variant(java.util.Locale.ROOT, Variant.TEXT_HTML, "UTF-8"),
                        name);
        css = design.text(name + ".css");
    }

    /// The XHTML of a report.
    String render(ReportView report, Messages messages, Set<Typeface> typefaces) {
        String families =
                typefaces.stream()
                        .map(typeface -> "'" + typeface.family() + "'")
                        .distinct()
                        .collect(Collectors.joining(", "));
        return template.instance()
                .data("report", report)
                .data(
                        "css",
                        new io.quarkus.qute.RawString(css.replace("var(--typefaces)", families)))
                .setAttribute(MESSAGES, messages)
                .render();
    }

    private static Object message(EvalContext context) {
        Messages messages = (Messages) context.getAttribute(MESSAGES);
        try {
            EvaluatedParams params = EvaluatedParams.evaluate(context);
            params.stage.toCompletableFuture().get();
            Object[] arguments = new Object[context.getParams().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = params.getResult(i);
            }
            return messages.text(context.getName(), arguments);
        } catch (ExecutionException e) {
            throw new IllegalArgumentException("message " + context.getName(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
