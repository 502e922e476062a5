package io.jarvix.scoring;

import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.Pure;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what was read of a page into signals and a score that explains itself. Immutable, safe
/// from any thread.
@Pure
final class Judge {

    private static final int MAX_TITLE = 500;
    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_EVIDENCE = 20;

    private final Rules rules;
    private final PhraseBook book;

    Judge(Rules rules, PhraseBook book) {
        this.rules = rules;
        this.book = book;
    }

    /// Everything that was read of one page.
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
            String contentHash) {}

    PageResult.Scored judge(Reading reading) {
        Signals signals = signals(reading);
        List<Score.Deduction> deductions = deductions(reading, signals);
        List<Score.Defect> defects = defects(reading, signals);
        List<Score.Evidence> evidence = evidence(reading, signals);
        double quality =
                Math.clamp(
                        100 - deductions.stream().mapToDouble(Score.Deduction::points).sum(),
                        0.0,
                        100.0);
        boolean buy = reading.words().matches().stream().anyMatch(Judge::isBuy);
        List<Score.ScoreTerm> terms =
                Formula.terms(rules.weights(), quality, buy, signals.textLength(), defects.size());
        double value = Formula.value(terms);
        Rules.ActionRule action = actionOf(value);
        return new PageResult.Scored(
                signals,
                new Score(
                        value,
                        rules.version(),
                        terms,
                        deductions,
                        defects,
                        evidence,
                        action.action(),
                        action.confidence(),
                        Explanation.reason(rules, value, quality, buy, signals, defects, reading),
                        action.nextStep(),
                        toNextAction(action, value)));
    }

    private Signals signals(Reading reading) {
        Page page = reading.page();
        return new Signals(
                reading.content().mediaType(),
                reading.charset(),
                cut(page.title(), MAX_TITLE),
                cut(page.description(), MAX_DESCRIPTION),
                language(reading),
                page.canonicalUrl(),
                page.text().codePoints(),
                reading.words().wordCount(),
                page.headings(),
                page.internalLinks(),
                page.externalLinks(),
                page.platforms(),
                page.structuredData(),
                page.prices(),
                page.forSubscribers() || has(reading, PhraseKind.PAYWALL),
                saysOfItself(reading, PhraseKind.SOFT_NOT_FOUND),
                saysOfItself(reading, PhraseKind.PARKED),
                reading.contentHash(),
                reading.words().wordCount() == 0
                        ? ""
                        : String.format(Locale.ROOT, "%016x", reading.words().simHash()));
    }

    private List<Score.Deduction> deductions(Reading reading, Signals signals) {
        Deductions deductions = new Deductions(rules);
        if (reading.empty()) {
            deductions.add(QualityRule.EMPTY);
            return deductions.list();
        }
        String mediaType = signals.mediaType();
        switch (reading.content().kind()) {
            case BINARY -> deductions.add(QualityRule.NOT_TEXT, mediaType);
            case TEXT, XML -> {
                deductions.add(QualityRule.NOT_A_PAGE, mediaType);
                deductText(deductions, reading);
            }
            case PAGE -> {
                deductText(deductions, reading);
                deductMarkup(deductions, reading);
            }
        }
        return deductions.list();
    }

    private static void deductText(Deductions deductions, Reading reading) {
        int words = reading.words().wordCount();
        deductions.addIf(reading.raw().finalUrl().startsWith("http://"), QualityRule.INSECURE);
        if (!deductions.addIfBelow(QualityRule.TEXT_THIN, words)) {
            deductions.addIfBelow(QualityRule.TEXT_SHORT, words);
        }
    }

    private static void deductMarkup(Deductions deductions, Reading reading) {
        Page page = reading.page();
        int titleLength = page.title().codePointCount(0, page.title().length());
        if (titleLength > 0 && !deductions.addIfBelow(QualityRule.TITLE_SHORT, titleLength)) {
            deductions.addIfAbove(QualityRule.TITLE_LONG, titleLength);
        }
        deductions.addIf(page.description().isEmpty(), QualityRule.DESCRIPTION_MISSING);
        deductions.addIf(page.mainHeadings().length == 0, QualityRule.H1_MISSING);
        deductions.addIf(page.language().isEmpty(), QualityRule.LANGUAGE_MISSING);
        deductions.addIf(!page.hasViewport(), QualityRule.VIEWPORT_MISSING);
        deductions.addIf(page.canonicalUrl() == null, QualityRule.CANONICAL_MISSING);
        deductions.addIf(!page.hasStructuredData(), QualityRule.STRUCTURED_DATA_MISSING);
        deductions.addIf(page.internalLinks() == 0, QualityRule.LINKS_MISSING);
        deductions.addIf(page.noindex(), QualityRule.NOINDEX);
        if (page.images() > 0) {
            long share = 100L * page.imagesWithoutText() / page.images();
            deductions.addIfAbove(QualityRule.IMAGES_WITHOUT_TEXT, (int) share);
        }
    }

    private List<Score.Defect> defects(Reading reading, Signals signals) {
        boolean isPage = reading.content().kind() == Content.Kind.PAGE && !reading.empty();
        List<Score.Defect> defects = new ArrayList<>();
        addIf(defects, isPage && signals.title().isEmpty(), PageDefect.TITLE_MISSING);
        addIf(defects, isPage && signals.textLength() == 0, PageDefect.TEXT_MISSING);
        addIf(defects, reading.raw().truncated(), PageDefect.TRUNCATED);
        addIf(defects, !reading.charsetFits(), PageDefect.WRONG_CHARSET);
        addIf(defects, reading.page().structuredDataBroken(), PageDefect.STRUCTURED_DATA_BROKEN);
        addIf(defects, signals.paywall(), PageDefect.PAYWALL);
        addIf(defects, signals.softNotFound(), PageDefect.SOFT_NOT_FOUND);
        addIf(defects, signals.parked(), PageDefect.PARKED);
        return defects;
    }

    private void addIf(List<Score.Defect> defects, boolean found, PageDefect defect) {
        if (found) {
            String why = rules.defects().get(defect);
            defects.add(new Score.Defect(defect.key(), why == null ? "" : why));
        }
    }

    /// The first place of each phrase, in the order of the text. Phrases of a kind that the page's
    /// length speaks against are left out.
    private List<Score.Evidence> evidence(Reading reading, Signals signals) {
        VisibleText text = reading.page().text();
        return reading.words().matches().stream()
                .filter(
                        match ->
                                switch (match.phrase().kind()) {
                                    case BUY, PAYWALL -> true;
                                    case SOFT_NOT_FOUND -> signals.softNotFound();
                                    case PARKED -> signals.parked();
                                })
                .sorted(
                        Comparator.comparingInt(WordReader.Match::begin)
                                .thenComparingInt(WordReader.Match::end))
                .limit(MAX_EVIDENCE)
                .map(match -> evidence(match, text, signals.language()))
                .toList();
    }

    private static Score.Evidence evidence(
            WordReader.Match match, VisibleText text, String pageLanguage) {
        String language = match.phrase().language(pageLanguage);
        return new Score.Evidence(
                match.phrase().kind().key(),
                match.phrase().texts().getOrDefault(language, ""),
                language,
                text.codePointsBefore(match.begin()),
                text.snippet(match.begin(), match.end()));
    }

    private static boolean isBuy(WordReader.Match match) {
        return match.phrase().kind() == PhraseKind.BUY;
    }

    private static boolean has(Reading reading, PhraseKind kind) {
        return reading.words().matches().stream().anyMatch(match -> match.phrase().kind() == kind);
    }

    /// A phrase in the title, in a main heading, or anywhere in a short page.
    private boolean saysOfItself(Reading reading, PhraseKind kind) {
        boolean shortPage = reading.words().wordCount() < rules.shortPageWords();
        return reading.titleMatches().stream().anyMatch(match -> match.phrase().kind() == kind)
                || reading.words().matches().stream()
                        .filter(match -> match.phrase().kind() == kind)
                        .anyMatch(match -> shortPage || isInMainHeading(reading.page(), match));
    }

    private static boolean isInMainHeading(Page page, WordReader.Match match) {
        int[] headings = page.mainHeadings();
        for (int i = 0; i < headings.length; i += 2) {
            if (match.begin() >= headings[i] && match.begin() < headings[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /// The page's own declaration, else the answer's `content-language`, else by stop words.
    private String language(Reading reading) {
        String declared = primaryLanguage(reading.page().language());
        if (!declared.isEmpty()) {
            return declared;
        }
        List<String> header = reading.raw().headers().getOrDefault("content-language", List.of());
        String sent = header.isEmpty() ? "" : primaryLanguage(header.getFirst());
        return sent.isEmpty() ? languageByWords(reading.words().languageHits()) : sent;
    }

    private String languageByWords(int[] hits) {
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
        boolean clear =
                hits.length > 0 && hits[best] >= rules.leastLanguageHits() && hits[best] > second;
        return clear ? book.languages().get(best) : "";
    }

    /// The primary subtag of a BCP 47 tag, the first of a list; empty where it is none.
    private static String primaryLanguage(String tag) {
        String stripped = tag.strip();
        int end = 0;
        while (end < stripped.length() && end < 4 && isLetter(stripped.charAt(end))) {
            end++;
        }
        boolean ends = end == stripped.length() || "-_, ".indexOf(stripped.charAt(end)) >= 0;
        return end >= 2 && end <= 3 && ends
                ? stripped.substring(0, end).toLowerCase(Locale.ROOT)
                : "";
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private Rules.ActionRule actionOf(double value) {
        for (Rules.ActionRule rule : rules.actions()) {
            @Nullable Double above = rule.above();
            if (above == null || value > above) {
                return rule;
            }
        }
        throw new IllegalStateException("the rules have no action for the rest");
    }

    /// The least number of points that would bring the next better action: one thousandth above
    /// its threshold, since the threshold itself does not reach it.
    private double toNextAction(Rules.ActionRule action, double value) {
        int better = rules.actions().indexOf(action) - 1;
        @Nullable Double above = better < 0 ? null : rules.actions().get(better).above();
        return above == null ? 0 : Formula.rounded(above - value + 0.001);
    }

    private static String cut(String text, int codePoints) {
        return text.codePointCount(0, text.length()) <= codePoints
                ? text
                : text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    /// The deductions of one page, while they are collected.
    private static final class Deductions {

        private final Map<QualityRule, Rules.Deduction> rules;
        private final List<Score.Deduction> list = new ArrayList<>();

        Deductions(Rules rules) {
            this.rules = rules.deductions();
        }

        List<Score.Deduction> list() {
            return list;
        }

        void add(QualityRule rule) {
            add(rule, "");
        }

        void addIf(boolean found, QualityRule rule) {
            if (found) {
                add(rule, "");
            }
        }

        boolean addIfBelow(QualityRule rule, int value) {
            boolean found = value < limit(rule);
            if (found) {
                add(rule, Integer.toString(value));
            }
            return found;
        }

        void addIfAbove(QualityRule rule, int value) {
            if (value > limit(rule)) {
                add(rule, Integer.toString(value));
            }
        }

        void add(QualityRule rule, String value) {
            Rules.Deduction deduction = deduction(rule);
            if (deduction.points() > 0) {
                list.add(
                        new Score.Deduction(
                                rule.key(), deduction.points(), deduction.sentence(value)));
            }
        }

        private int limit(QualityRule rule) {
            @Nullable Integer limit = deduction(rule).limit();
            if (limit == null) {
                throw new IllegalStateException(rule + " has no limit");
            }
            return limit;
        }

        private Rules.Deduction deduction(QualityRule rule) {
            Rules.Deduction deduction = rules.get(rule);
            if (deduction == null) {
                throw new IllegalStateException("the rules have no " + rule.key());
            }
            return deduction;
        }
    }
}
