package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import java.util.List;
import java.util.Locale;

/// The language of a page's text: the page's own declaration, else the answer's `content-language`,
/// else what its stop words say.
@Pure
final class PageLanguage {

    private PageLanguage() {}

    /// The primary subtag of BCP 47; empty where it is not known.
    ///
    /// @param languages those whose stop words were counted, in the order of the counts
    static String of(Reading reading, List<String> languages, int leastHits) {
        String declared = primarySubtag(reading.page().language());
        if (!declared.isEmpty()) {
            return declared;
        }
        List<String> header = reading.raw().headers().getOrDefault("content-language", List.of());
        String sent = header.isEmpty() ? "" : primarySubtag(header.getFirst());
        return sent.isEmpty()
                ? byStopWords(reading.words().languageHits(), languages, leastHits)
                : sent;
    }

    private static String byStopWords(int[] hits, List<String> languages, int leastHits) {
        int best = 0;
        int second = 0;
        for (int i = 1; i < hits.length; i++) {
            if (hits[i] > hits[best]) {
                second = hits[best];
                best = i;
            } else {
                second = Math.max(second, hits[i]);
            }
        }
        boolean clear = hits.length > 0 && hits[best] >= leastHits && hits[best] > second;
        return clear ? languages.get(best) : "";
    }

    /// The primary subtag of a tag, the first of a list; empty where it is none.
    private static String primarySubtag(String tag) {
        String stripped = tag.strip();
        int end = 0;
        while (end < stripped.length() && end < 4 && Markup.isLetter(stripped.charAt(end))) {
            end++;
        }
        boolean ends = end == stripped.length() || "-_, ".indexOf(stripped.charAt(end)) >= 0;
        return end >= 2 && end <= 3 && ends
                ? stripped.substring(0, end).toLowerCase(Locale.ROOT)
                : "";
    }
}
