package io.jarvix.contracts;

/// What a line of text is: a URL that JARVIX can fetch, or the reason why it is not.
public sealed interface ParsedUrl permits CanonicalUrl, ParsedUrl.Invalid {

    /// @param reason one sentence for the person who wrote the line
    record Invalid(String reason) implements ParsedUrl {}
}
