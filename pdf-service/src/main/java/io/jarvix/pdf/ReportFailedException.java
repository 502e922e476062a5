package io.jarvix.pdf;

/// A request that this renderer cannot turn into a PDF.
public final class ReportFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    ReportFailedException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /// One sentence for a person.
    public String reason() {
        return reason;
    }
}
