package io.jarvix.scoring;

import io.jarvix.benchmarks.SamplePages;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Score;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The scorer's inner loops over the origin's pages, with jsoup's parse as the measure of
/// extraction. It lies in the scorer's package to reach the parts that the service keeps to itself.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class ScoringLoops {

    private static final int PAGES = 256;

    private final RawRecord[] records = new RawRecord[PAGES];
    private final byte[][] bodies = new byte[PAGES][];
    private final VisibleText[] texts = new VisibleText[PAGES];
    private final Rules rules = RulesFile.builtIn();
    private final PageScorer scorer = new PageScorer(rules);
    private final TextDecoder decoder = new TextDecoder();
    private final PageReader reader = new PageReader(new Platforms(rules.platforms()));
    private final WordReader words = new WordReader(new PhraseBook(rules));
    private int next;

    @Setup
    public void pages() {
        SamplePages samples = new SamplePages();
        for (int i = 0; i < PAGES; i++) {
            bodies[i] = samples.body(i);
            records[i] = samples.record(i, bodies[i].length);
            VisibleText text = extract(i).text();
            texts[i] = new VisibleText(text.chars().clone(), text.length());
            if (text.length() < 500
                    || !(scorer.score(records[i], bodies[i]) instanceof PageResult.Scored)) {
                throw new IllegalStateException("not read as a page: " + i);
            }
        }
    }

    /// From bytes to title, text, links, headings and signals.
    @Benchmark
    public Page extraction() {
        return extract(advance());
    }

    /// The same bytes through jsoup: its tree, the title and the text.
    @Benchmark
    public int jsoupTitleAndText() throws IOException {
        Document document = Jsoup.parse(new ByteArrayInputStream(bodies[advance()]), "utf-8", "");
        return document.title().length() + document.text().length();
    }

    /// All phrases of all languages, the words and the SimHash, in one pass.
    @Benchmark
    public WordReader.Findings phraseMatching() {
        VisibleText text = texts[advance()];
        return words.read(text.chars(), text.length());
    }

    /// The bare formula: its terms and their sum.
    @Benchmark
    public double formula() {
        int page = advance();
        List<Score.ScoreTerm> terms =
                Formula.terms(rules.weights(), 95, page % 3 == 0, 20 * page, page % 2);
        return Formula.value(terms);
    }

    /// All of it: what a worker does with a page once it is opened.
    @Benchmark
    public PageResult wholePage() {
        int page = advance();
        return scorer.score(records[page], bodies[page]);
    }

    private Page extract(int page) {
        decoder.decode(bodies[page], "utf-8", false);
        return reader.readPage(decoder.chars(), decoder.length(), records[page].finalUrl());
    }

    private int advance() {
        next = (next + 1) % PAGES;
        return next;
    }
}
