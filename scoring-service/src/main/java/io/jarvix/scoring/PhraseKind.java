package io.jarvix.scoring;

import java.util.Locale;

/// What a phrase is a sign of.
enum PhraseKind {
    BUY,
    PAYWALL,
    SOFT_NOT_FOUND,
    PARKED;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
