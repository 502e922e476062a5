package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;

/// Not a test: prints what one page costs on one core, against jsoup in the same minutes. All
/// steps take turns, so that what else the machine does hits them alike; the best of the rounds
/// counts.
final class ScoringSpeed {

    private static final int PAGES = 100;
    private static final int ROUNDS = 40;

    private ScoringSpeed() {}

    private record Sample(RawRecord raw, byte[] body, byte[] frame) {}

    private record Step(String name, Work work) {}

    private interface Work {
        int of(Sample sample)
                throws IOException, UnreadableMessageException, GeneralSecurityException;
    }

    public static void main(String[] arguments) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            byte[] body = SamplePages.page(i, 8_000 + i * 720).getBytes(UTF_8);
            samples.add(
                    new Sample(
                            RawRecords.fetched(
                                    i + 1, "https://shop.example/" + i, "text/html", body),
                            body,
                            CompressedBody.compress(body)));
        }
        double mean =
                samples.stream().mapToInt(sample -> sample.body().length).average().orElseThrow();
        PageScorer scorer = PageScorer.withBuiltInRules();
        TextDecoder decoder = new TextDecoder();
        PageReader reader = new PageReader(new Platforms(scorer.rules().platforms()));
        WordReader words = new WordReader(new PhraseBook(scorer.rules()));
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        List<Step> steps =
                List.of(
                        new Step(
                                "jsoup parse",
                                sample ->
                                        Jsoup.parse(
                                                        new ByteArrayInputStream(sample.body()),
                                                        null,
                                                        "https://shop.example/")
                                                .childNodeSize()),
                        new Step(
                                "jsoup parse, title and text",
                                sample -> {
                                    var document =
                                            Jsoup.parse(
                                                    new ByteArrayInputStream(sample.body()),
                                                    null,
                                                    "https://shop.example/");
                                    return document.title().length() + document.text().length();
                                }),
                        new Step(
                                "score, all of it",
                                sample -> scorer.score(sample.raw(), sample.body()).hashCode() | 1),
                        new Step(
                                "  decode",
                                sample -> {
                                    decoder.decode(sample.body(), null, false);
                                    return decoder.length();
                                }),
                        new Step(
                                "  decode and read the markup",
                                sample -> {
                                    decoder.decode(sample.body(), null, false);
                                    return reader.readPage(
                                                    decoder.chars(),
                                                    decoder.length(),
                                                    "https://shop.example/")
                                            .headings();
                                }),
                        new Step(
                                "  decode, read, words",
                                sample -> {
                                    decoder.decode(sample.body(), null, false);
                                    VisibleText text =
                                            reader.readPage(
                                                            decoder.chars(),
                                                            decoder.length(),
                                                            "https://shop.example/")
                                                    .text();
                                    return words.read(text.chars(), text.length()).wordCount();
                                }),
                        new Step("  SHA-256", sample -> sha.digest(sample.body())[0] | 1),
                        new Step(
                                "open the frame",
                                sample ->
                                        CompressedBody.open(sample.frame(), sample.body().length)
                                                .length),
                        new Step(
                                "score and write the message",
                                sample ->
                                        Wire.write(scorer.score(sample.raw(), sample.body()))
                                                .length));
        double[] best = new double[steps.size()];
        java.util.Arrays.fill(best, Double.MAX_VALUE);
        int sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int step = 0; step < steps.size(); step++) {
                long begin = System.nanoTime();
                for (Sample sample : samples) {
                    sink += steps.get(step).work().of(sample);
                }
                best[step] = Math.min(best[step], (System.nanoTime() - begin) / 1e6 / PAGES);
            }
        }
        System.out.printf(Locale.ROOT, "%d pages, mean %.0f bytes (%d)%n", PAGES, mean, sink & 1);
        for (int step = 0; step < steps.size(); step++) {
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %7.4f ms  %7.0f pages/s  %5.2f of jsoup's parse%n",
                    steps.get(step).name(),
                    best[step],
                    1000 / best[step],
                    best[step] / best[0]);
        }
    }
}
