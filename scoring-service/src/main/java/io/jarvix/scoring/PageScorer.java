package io.jarvix.scoring;

import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Scores pages by one set of rules. The same record, bytes and rules give the same result, on any
/// machine, in any order, from any thread: nothing here knows a clock, a locale or a random number.
///
/// Bounds, for any bytes: each character is looked at a fixed number of times, and following which
/// elements are open takes at most 64 further steps a character ([Effort]); memory is at most eight
/// bytes for each byte of the body, beside a working set of some hundred kilobytes a thread. A page
/// that would take more ends as [Failed].
public final class PageScorer implements Scoring {

    /// Desks that are kept for the next page, and how many characters their buffers may have.
    private static final int KEPT_DESKS = 16;

    private static final int KEPT_CHARACTERS = 512 * 1024;

    private final Rules rules;
    private final PhraseBook book;
    private final Platforms platforms;
    private final Judge judge;
    private final BlockingQueue<Desk> desks = new LinkedBlockingQueue<>(KEPT_DESKS);

    PageScorer(Rules rules) {
        this.rules = rules;
        this.book = new PhraseBook(rules);
        this.platforms = new Platforms(rules.platforms());
        this.judge = new Judge(rules, book);
        desks.add(new Desk());
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

    /// The result of a fetched page. A defect of the scorer itself, and a page that takes more than
    /// the bounds allow, end as [Failed] of kind `SCORING`, never as an exception: no page may stop
    /// the pages behind it.
    @Override
    public PageResult score(RawRecord raw, byte[] body) {
        @Nullable Desk kept = desks.poll();
        Desk desk = kept == null ? new Desk() : kept;
        PageResult result;
        try {
            result = desk.score(raw, body);
        } catch (TooMuchEffortException e) {
            return failed("The page was not read to its end: " + e.getMessage() + ".");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return failed("The page could not be scored: " + e);
        }
        if (!desk.isLarge()) {
            // A page that needs a desk while none is here makes one: it is no loss to drop this.
            boolean isKept = desks.offer(desk);
            assert isKept || desks.remainingCapacity() == 0;
        }
        return result;
    }

    private static Failed failed(String why) {
        return new Failed(FailureKind.SCORING, why);
    }

    /// The buffers and readers that one thread needs for one page at a time.
    private final class Desk {

        private final TextDecoder decoder = new TextDecoder();
        private final PageReader pages = new PageReader(platforms);
        private final WordReader words = new WordReader(book);
        private final MessageDigest sha256 = sha256();

        PageResult.Scored score(RawRecord raw, byte[] body) {
            Content content = Content.of(raw.contentType(), body);
            TextDecoder.Decoded decoded = new TextDecoder.Decoded("", true);
            Page page = Page.EMPTY;
            if (content.kind() != Content.Kind.BINARY) {
                decoded = decoder.decode(body, charsetLabel(raw), raw.truncated());
                page = read(content.kind(), raw.finalUrl());
            }
            VisibleText text = page.text();
            WordReader.Findings findings = words.read(text.chars(), text.length());
            return judge.judge(
                    new Reading(
                            raw,
                            content,
                            body.length == 0,
                            decoded.charset(),
                            decoded.fits(),
                            page,
                            findings,
                            titleMatches(page.title()),
                            HexFormat.of().formatHex(sha256.digest(body))));
        }

        private Page read(Content.Kind kind, String url) {
            return switch (kind) {
                case PAGE -> pages.readPage(decoder.chars(), decoder.length(), url);
                case XML -> pages.readXml(decoder.chars(), decoder.length(), url);
                case TEXT, BINARY -> pages.readText(decoder.chars(), decoder.length(), url);
            };
        }

        private List<WordReader.Match> titleMatches(String title) {
            return title.isEmpty()
                    ? List.of()
                    : words.read(title.toCharArray(), title.length()).matches();
        }

        /// Whether its buffers have grown for a page that is larger than most.
        boolean isLarge() {
            return decoder.chars().length > KEPT_CHARACTERS;
        }
    }

    /// As the collector found it, else as it stands in the content type.
    private static @Nullable String charsetLabel(RawRecord raw) {
        if (raw.charset() != null) {
            return raw.charset();
        }
        @Nullable String contentType = raw.contentType();
        int at =
                contentType == null ? -1 : contentType.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (contentType == null || at < 0) {
            return null;
        }
        String label = contentType.substring(at + "charset=".length());
        int end = label.indexOf(';');
        return end < 0 ? label : label.substring(0, end);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
