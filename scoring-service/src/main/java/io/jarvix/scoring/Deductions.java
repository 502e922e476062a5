package io.jarvix.scoring;

import io.jarvix.contracts.Pure;
import io.jarvix.contracts.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one page's quality loses by the rules, collected rule by rule. For one page and one thread.
@Pure
final class Deductions {

    private final Map<QualityRule, Rules.Deduction> rules;
    private final List<Score.Deduction> list = new ArrayList<>();

    private Deductions(Map<QualityRule, Rules.Deduction> rules) {
        this.rules = rules;
    }

    /// In the order of the rules.
    static List<Score.Deduction> of(Rules rules, Reading reading) {
        Deductions deductions = new Deductions(rules.deductions());
        if (reading.empty()) {
            deductions.add(QualityRule.EMPTY, "");
            return deductions.list;
        }
        String mediaType = reading.content().mediaType();
        switch (reading.content().kind()) {
            case BINARY -> deductions.add(QualityRule.NOT_TEXT, mediaType);
            case TEXT, XML -> {
                deductions.add(QualityRule.NOT_A_PAGE, mediaType);
                deductions.addText(reading);
            }
            case PAGE -> {
                deductions.addText(reading);
                deductions.addMarkup(reading.page());
            }
        }
        return deductions.list;
    }

    private void addText(Reading reading) {
        int words = reading.words().wordCount();
        addIf(reading.raw().finalUrl().startsWith("http://"), QualityRule.INSECURE);
        if (!addIfBelow(QualityRule.TEXT_THIN, words)) {
            addIfBelow(QualityRule.TEXT_SHORT, words);
        }
    }

    private void addMarkup(Page page) {
        int titleLength = page.title().codePointCount(0, page.title().length());
        if (titleLength > 0 && !addIfBelow(QualityRule.TITLE_SHORT, titleLength)) {
            addIfAbove(QualityRule.TITLE_LONG, titleLength);
        }
        addIf(page.description().isEmpty(), QualityRule.DESCRIPTION_MISSING);
        addIf(page.mainHeadings().length == 0, QualityRule.H1_MISSING);
        addIf(page.language().isEmpty(), QualityRule.LANGUAGE_MISSING);
        addIf(!page.hasViewport(), QualityRule.VIEWPORT_MISSING);
        addIf(page.canonicalUrl() == null, QualityRule.CANONICAL_MISSING);
        addIf(!page.hasStructuredData(), QualityRule.STRUCTURED_DATA_MISSING);
        addIf(page.internalLinks() == 0, QualityRule.LINKS_MISSING);
        addIf(page.noindex(), QualityRule.NOINDEX);
        if (page.images() > 0) {
            long share = 100L * page.imagesWithoutText() / page.images();
            addIfAbove(QualityRule.IMAGES_WITHOUT_TEXT, (int) share);
        }
    }

    private void addIf(boolean found, QualityRule rule) {
        if (found) {
            add(rule, "");
        }
    }

    private boolean addIfBelow(QualityRule rule, int value) {
        boolean found = value < limit(rule);
        if (found) {
            add(rule, Integer.toString(value));
        }
        return found;
    }

    private void addIfAbove(QualityRule rule, int value) {
        if (value > limit(rule)) {
            add(rule, Integer.toString(value));
        }
    }

    private void add(QualityRule rule, String value) {
        Rules.Deduction deduction = deduction(rule);
        if (deduction.points() > 0) {
            list.add(
                    new Score.Deduction(rule.key(), deduction.points(), deduction.sentence(value)));
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
        Rules.@Nullable Deduction deduction = rules.get(rule);
        if (deduction == null) {
            throw new IllegalStateException("the rules have no " + rule.key());
        }
        return deduction;
    }
}
