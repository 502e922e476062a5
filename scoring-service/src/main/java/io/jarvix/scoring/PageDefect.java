package io.jarvix.scoring;

import java.util.Locale;

/// The defects that the formula's error term counts. Their sentences are in the rules file, under
/// [#key].
enum PageDefect {
    TITLE_MISSING,
    TEXT_MISSING,
    TRUNCATED,
    WRONG_CHARSET,
    STRUCTURED_DATA_BROKEN,
    PAYWALL,
    SOFT_NOT_FOUND,
    PARKED;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
