package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where a page's phrases stand: the first place of each, in the order of the text, at most 20.
/// Phrases of a kind that the page's length speaks against are left out.
@Pure
final class PhraseEvidence {

    private static final int MOST = 20;

    private PhraseEvidence() {}

    static List<Score.Evidence> of(Reading reading, Signals signals) {
        VisibleText text = reading.page().text();
        List<WordReader.Match> matches =
                reading.words().matches().stream()
                        .filter(match -> counts(match.phrase().kind(), signals))
                        .sorted(
                                Comparator.comparingInt(WordReader.Match::begin)
                                        .thenComparingInt(WordReader.Match::end))
                        .limit(MOST)
                        .toList();
        List<Score.Evidence> evidence = new ArrayList<>(matches.size());
        int position = 0;
        int counted = 0;
        for (WordReader.Match match : matches) {
            position += text.codePoints(counted, match.begin());
            counted = match.begin();
            String language = match.phrase().language(signals.language());
            evidence.add(
                    new Score.Evidence(
                            match.phrase().kind().key(),
                            match.phrase().texts().getOrDefault(language, ""),
                            language,
                            position,
                            text.snippet(match.begin(), match.end())));
        }
        return evidence;
    }

    private static boolean counts(PhraseKind kind, Signals signals) {
        return switch (kind) {
            case BUY, PAYWALL -> true;
            case SOFT_NOT_FOUND -> signals.softNotFound();
            case PARKED -> signals.parked();
        };
    }
}
