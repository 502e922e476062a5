package io.jarvix.scoring;

import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Scores pages by one set of rules. The same record, bytes and rules give the same result, on any
/// machine, in any order, from any thread: nothing here knows a clock, a locale or a random number.
///
/// Bounds: time and memory grow linearly with the body and with nothing else.
public final class PageScorer {

    private final Rules rules;
    private final PhraseBook book;
    private final Judge judge;

    PageScorer(Rules rules) {
        this.rules = rules;
        this.book = new PhraseBook(rules);
        this.judge = new Judge(rules, book);
    }

    /// A scorer with the rules that ship with the service.
    public static PageScorer withBuiltInRules() {
        return new PageScorer(RulesFile.builtIn());
    }

    /// A scorer with the rules of a file.
    ///
    /// @throws RuntimeException with one sentence that names the fault, where the file is wrong
    public static PageScorer withRulesOf(Path file) {
        return new PageScorer(RulesFile.read(file));
    }

    Rules rules() {
        return rules;
    }

    /// The result of a fetched page. A defect of the scorer itself ends as [Failed] of kind
    /// `SCORING`, never as an exception: no page may stop the pages behind it.
    public PageResult score(RawRecord raw, byte[] body) {
        try {
            return scored(raw, body);
        } catch (RuntimeException | StackOverflowError e) {
            return new Failed(FailureKind.SCORING, "The page could not be scored: " + e);
        }
    }

    private PageResult.Scored scored(RawRecord raw, byte[] body) {
        Content content = Content.of(raw.contentType(), body);
        WordReader words = new WordReader(book);
        JsoupPages.Read read = JsoupPages.read(body, raw.charset(), raw.finalUrl());
        Page page = read.page();
        VisibleText text = page.text();
        VisibleText title = VisibleText.of(page.title());
        return judge.judge(
                new Judge.Reading(
                        raw,
                        content,
                        body.length == 0,
                        read.charset(),
                        true,
                        page,
                        words.read(text.chars(), text.length()),
                        words.read(title.chars(), title.length()).matches(),
                        sha256(body)));
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
