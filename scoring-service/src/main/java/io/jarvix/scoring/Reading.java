package io.jarvix.scoring;

import io.jarvix.contracts.RawRecord;
import java.util.List;

/// Everything that was read of one page; nothing of it is judged yet.
///
/// @param charset the charset that the text was read with
/// @param charsetFits whether the bytes are valid in the charset that the page declares
/// @param words of the visible text
/// @param titleMatches phrases in the title
/// @param contentHash hex SHA-256 of the body
record Reading(
        RawRecord raw,
        Content content,
        boolean empty,
        String charset,
        boolean charsetFits,
        Page page,
        WordReader.Findings words,
        List<WordReader.Match> titleMatches,
        String contentHash) {

    /// Whether the text has a phrase of this kind.
    boolean says(PhraseKind kind) {
        return words.matches().stream().anyMatch(match -> match.phrase().kind() == kind);
    }

    /// Whether a phrase of this kind is about the page itself: it stands in the title, in a main
    /// heading, or anywhere in a page of fewer words than this.
    boolean saysOfItself(PhraseKind kind, int shortPageWords) {
        boolean shortPage = words.wordCount() < shortPageWords;
        return titleMatches.stream().anyMatch(match -> match.phrase().kind() == kind)
                || words.matches().stream()
                        .filter(match -> match.phrase().kind() == kind)
                        .anyMatch(match -> shortPage || isInMainHeading(match));
    }

    private boolean isInMainHeading(WordReader.Match match) {
        int[] headings = page.mainHeadings();
        for (int i = 0; i < headings.length; i += 2) {
            if (match.begin() >= headings[i] && match.begin() < headings[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
