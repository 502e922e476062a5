package io.jarvix.scoring;

import java.util.Locale;

/// The rules that take points off a page's quality. Points, limits and sentences are in the rules
/// file, under [#key].
enum QualityRule {
    EMPTY(false),
    NOT_TEXT(false),
    NOT_A_PAGE(false),
    INSECURE(false),
    TEXT_THIN(true),
    TEXT_SHORT(true),
    TITLE_SHORT(true),
    TITLE_LONG(true),
    DESCRIPTION_MISSING(false),
    H1_MISSING(false),
    LANGUAGE_MISSING(false),
    VIEWPORT_MISSING(false),
    CANONICAL_MISSING(false),
    STRUCTURED_DATA_MISSING(false),
    LINKS_MISSING(false),
    NOINDEX(false),
    IMAGES_WITHOUT_TEXT(true);

    private final boolean hasLimit;

    QualityRule(boolean hasLimit) {
        this.hasLimit = hasLimit;
    }

    boolean hasLimit() {
        return hasLimit;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
