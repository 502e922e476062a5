package io.jarvix.pdf;

import java.util.Arrays;
import java.util.Optional;

/// How much of a run a report tells.
public enum ReportForm {
    /// Everything, with an appendix.
    FULL("full", "report"),
    /// One page: header, four figures, and the first ten pages of the top list.
    ONE_PAGE("one-page", "one-page");

    private final String word;
    private final String template;

    ReportForm(String word, String template) {
        this.word = word;
        this.template = template;
    }

    /// The form of that name in a URL.
    static Optional<ReportForm> named(String word) {
        return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
    }

    /// The name of its template and style sheet in the design.
    String template() {
        return template;
    }
}
