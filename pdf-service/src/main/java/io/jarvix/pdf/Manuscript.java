package io.jarvix.pdf;

import java.time.Instant;
import java.util.Set;

/// A report ready to be printed.
///
/// @param xhtml well-formed, self-contained
/// @param typefaces that its text needs
/// @param rightToLeft it has text that is read from right to left
/// @param language of the report's own words, BCP 47
/// @param title of the document
/// @param subject one sentence on what it is
/// @param madeAt the moment that the document states as its creation
/// @param identity names its content: equal for equal requests
/// @param pageLink how the description of a link to a page begins
record Manuscript(
        String xhtml,
        Set<Typeface> typefaces,
        boolean rightToLeft,
        String language,
        String title,
        String subject,
        Instant madeAt,
        long identity,
        String pageLink) {}
