package io.jarvix.contracts;

/// A message that cannot be read and never will be: it belongs on topic [Topics#DEAD_LETTERS]. The
/// text says why.
public final class UnreadableMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableMessageException(String message) {
        super(message);
    }

    public UnreadableMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
