package io.jarvix.scoring;

/// A page is built to be expensive and is not read to its end.
final class TooMuchEffortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooMuchEffortException(long steps) {
        super(
                "its tags open and end each other in a way that takes more than "
                        + steps
                        + " steps to follow");
    }
}
