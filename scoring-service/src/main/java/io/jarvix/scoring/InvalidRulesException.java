package io.jarvix.scoring;

/// The rules cannot be used; the message is one sentence that names the file, the key and the
/// fault.
final class InvalidRulesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidRulesException(String message) {
        super(message);
    }
}
