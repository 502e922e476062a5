package io.jarvix.pdf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.ReportRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Turns a [ReportRequest] into a tagged PDF/A-2a and PDF/UA-1 document with embedded fonts. The
/// same request gives the same bytes, whatever else is rendered at the time. Safe from any thread;
/// as many reports are rendered at once as it has presses, the rest wait their turn, so memory
/// does not grow with the number of callers.
public final class ReportRenderer {

    /// Rows of the appendix unless configured otherwise.
    public static final int DEFAULT_APPENDIX_ROWS = 1_000;

    private final BlockingQueue<Workplace> free;
    private final Map<ReportForm, ReportTemplate> templates = new EnumMap<>(ReportForm.class);
    private final int appendixRows;

    /// @param renders how many reports are rendered at once
    public ReportRenderer(int renders) {
        this(renders, DEFAULT_APPENDIX_ROWS, Optional.empty());
    }

    /// @param renders how many reports are rendered at once
    /// @param appendixRows the most rows of the appendix
    /// @param designFolder whose files replace the built-in ones of the same name
    ReportRenderer(int renders, int appendixRows, Optional<Path> designFolder) {
        Design design = new Design(designFolder);
        for (ReportForm form : ReportForm.values()) {
            templates.put(form, new ReportTemplate(design, form.template()));
        }
        this.appendixRows = appendixRows;
        List<Workplace> workplaces = new ArrayList<>();
        for (int i = 0; i < renders; i++) {
            workplaces.add(new Workplace(design));
        }
        this.free = new ArrayBlockingQueue<>(renders, true, workplaces);
    }

    /// A rendered report.
    public record RenderedReport(byte[] pdf, int pages) {}

    /// The full report, as [#render(ReportRequest, ReportForm)].
    ///
    /// @throws ReportFailedException where this request cannot be rendered
    public RenderedReport render(ReportRequest request)
            throws ReportFailedException, InterruptedException {
        return render(request, ReportForm.FULL);
    }

    /// The report in the request's own language. Waits its turn for as long as it takes.
    ///
    /// @throws ReportFailedException where this request cannot be rendered
    public RenderedReport render(ReportRequest request, ReportForm form)
            throws ReportFailedException, InterruptedException {
        return renderWith(free.take(), request, form, null);
    }

    /// The report, or nothing where its turn does not come in time.
    ///
    /// @throws ReportFailedException where this request cannot be rendered
    Optional<RenderedReport> render(
            ReportRequest request, ReportForm form, @Nullable String language, Duration turn)
            throws ReportFailedException, InterruptedException {
        Workplace workplace = free.poll(turn.toNanos(), TimeUnit.NANOSECONDS);
        return workplace == null
                ? Optional.empty()
                : Optional.of(renderWith(workplace, request, form, language));
    }

    /// How many more reports could be rendered now.
    int freePresses() {
        return free.size();
    }

    private RenderedReport renderWith(
            Workplace workplace, ReportRequest request, ReportForm form, @Nullable String language)
            throws ReportFailedException {
        try {
            Press.Print print =
                    workplace.press.print(manuscript(workplace, request, form, language));
            return new RenderedReport(print.pdf(), print.pages());
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            throw new ReportFailedException("The report could not be rendered: " + e, e);
        } finally {
            free.add(workplace);
        }
    }

    private Manuscript manuscript(
            Workplace workplace,
            ReportRequest request,
            ReportForm form,
            @Nullable String language) {
        Messages messages = workplace.messagesIn(language == null ? request.language() : language);
        PrintableText text = new PrintableText(messages);
        ReportView view =
                new ReportEditor(messages, text, form == ReportForm.ONE_PAGE ? 0 : appendixRows)
                        .edit(request);
        String xhtml =
                Objects.requireNonNull(templates.get(form))
                        .render(view, messages, text.typefaces());
        return new Manuscript(
                xhtml,
                text.typefaces(),
                text.hasRightToLeft(),
                messages.language(),
                view.title(),
                messages.text("subject", view.asOf()),
                request.asOf(),
                identity(request, xhtml),
                messages.text("page_link"));
    }

    /// Names a document by all that it prints.
    private static long identity(ReportRequest request, String xhtml) {
        CRC32 crc = new CRC32();
        crc.update(xhtml.getBytes(UTF_8));
        return request.requestId().getMostSignificantBits() ^ crc.getValue();
    }

    /// What one render at a time works with.
    private static final class Workplace {

        private final Design design;
        private final Press press = new Press();
        private final Map<String, Messages> messages = new HashMap<>();

        private Workplace(Design design) {
            this.design = design;
        }

        private Messages messagesIn(String tag) {
            String language = Locale.forLanguageTag(tag).getLanguage();
            return messages.computeIfAbsent(
                    design.speaks(language) ? language : Design.FALLBACK_LANGUAGE,
                    spoken -> new Messages(spoken, design.messages(spoken)));
        }
    }
}
