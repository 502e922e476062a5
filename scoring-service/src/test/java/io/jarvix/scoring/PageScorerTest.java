package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jarvix.contracts.Action;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Wire;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The score and its explanation.
class PageScorerTest {

    private static final ObjectMapper DECIMALS =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final String GOOD_HEAD =
            "<!doctype html><html lang=en><title>Lamps of all kinds</title>"
                    + "<meta name=description content=Lamps><meta name=viewport content=x>"
                    + "<link rel=canonical href=/><script type=application/ld+json>{}</script>"
                    + "<h1>Lamps</h1><a href=/a>one</a>";

    @Test
    void aFaultlessPageHasNoDeductions() {
        Score score = TestPages.scored(GOOD_HEAD + "<p>" + "word ".repeat(1_000)).score();
        assertThat(score.deductions()).isEmpty();
        assertThat(score.defects()).isEmpty();
        assertThat(score.value()).isEqualTo(60.0);
        assertThat(score.action()).isEqualTo(Action.MONITOR);
        assertThat(score.confidence()).isEqualTo(0.70);
        assertThat(score.toNextAction()).isEqualTo(15.001);
        assertThat(score.reason())
                .isEqualTo(
                        "The score 60 is above 50: quality 100 of 100, no buying intent, 5009 characters of text,"
                                + " no defects.");
    }

    @Test
    void buyingIntentMakesItABuy() {
        Score score =
                TestPages.scored(GOOD_HEAD + "<p>" + "word ".repeat(1_000) + "Buy now!").score();
        assertThat(score.value()).isEqualTo(90.0);
        assertThat(score.action()).isEqualTo(Action.BUY);
        assertThat(score.confidence()).isEqualTo(0.95);
        assertThat(score.toNextAction()).isZero();
        assertThat(score.evidence())
                .containsExactly(
                        new Score.Evidence(
                                "buy",
                                "buy now",
                                "en",
                                5_010,
                                "… word word word word word word word word Buy now!"));
    }

    @Test
    void onTheThresholdItIsNotAboveIt() {
        // Quality 100 and full depth make 60; 3,750 characters and a phrase make 40 + 30 + 5 ...
        // 75.
        String phrase = "Buy now ";
        String head = GOOD_HEAD + "<p>" + phrase;
        int base = TestPages.scored(head + "x").signals().textLength() - 1;
        Score score =
                TestPages.scored(head + "w ".repeat(300) + "x".repeat(1_250 - base - 600)).score();
        assertThat(score.value()).isEqualTo(75.0);
        assertThat(score.action()).isEqualTo(Action.MONITOR);
        assertThat(score.toNextAction()).isEqualTo(0.001);
    }

    @Test
    void everyDeductionAndDefectSaysWhy() {
        Score score =
                TestPages.scored(
                                "<meta name=robots content=noindex><img src=a><title>Lamps</title>"
                                        + "<script type=application/ld+json>{\"a\":</script>"
                                        + "<p>Subscribers only")
                        .score();
        assertThat(score.deductions())
                .extracting(Score.Deduction::rule)
                .containsExactly(
                        "text-thin",
                        "title-short",
                        "description-missing",
                        "h1-missing",
                        "language-missing",
                        "viewport-missing",
                        "canonical-missing",
                        "links-missing",
                        "noindex",
                        "images-without-text");
        assertThat(score.deductions().getFirst().why())
                .isEqualTo("The text has 2 words, fewer than 100.");
        assertThat(score.defects())
                .extracting(Score.Defect::name)
                .containsExactly("structured-data-broken", "paywall");
        assertThat(score.deductions())
                .allSatisfy(each -> assertThat(each.why()).doesNotContain("{"));
    }

    /// Phrase, markup around it, and whether a reader sees the phrase.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | <button>Add to Cart</button> | add to cart",
                "es | <a href=x>A&ntilde;adir<br>al carrito</a> | añadir al carrito",
                "es | AN\u0303ADIR AL CARRITO | añadir al carrito",
                "de | <b>Jetzt</b> <i>kaufen</i>! | jetzt kaufen",
                "fr | Ajouter au&nbsp;panier | ajouter au panier",
                "it | procedi all&rsquo;acquisto | procedi all'acquisto",
                "pt | Adicionar-ao-carrinho | adicionar ao carrinho",
                "en | pre&shy;order, pre-order | pre-order",
                "en | 🛒Buy now🛒 | buy now",
                "en | buy nowhere | ''",
                "en | abuy now | ''",
                "en | buy. Now | ''",
                "en | <td>buy<td>now | ''",
                "en | <p hidden>buy now</p> | ''",
                "en | <div style=display:none>buy now</div> | ''",
                "en | <script>'buy now'</script> | ''",
                "en | <!-- buy now --> | ''",
                "en | <title>buy now</title> | ''",
                "en | <img alt='buy now'> | ''",
                "en | <template>buy now</template><noscript>buy now</noscript> | ''",
            })
    void phrasesAreWholeWordsThatAReaderSees(String language, String html, String phrase) {
        List<Score.Evidence> evidence = TestPages.scored(html).score().evidence();
        assertThat(evidence.isEmpty() ? "" : evidence.getFirst().phrase()).isEqualTo(phrase);
        assertThat(evidence).allSatisfy(each -> assertThat(each.language()).isEqualTo(language));
    }

    @Test
    void everyPhraseOfTheRulesIsFoundOnAPage() {
        RulesFile.builtIn()
                .phrases()
                .getOrDefault(PhraseKind.BUY, Map.of())
                .forEach(
                        (language, phrases) ->
                                phrases.forEach(
                                        phrase ->
                                                assertThat(evidence(shouted(language, phrase)))
                                                        .contains(language + " " + phrase)));
    }

    private static String shouted(String language, String phrase) {
        return "<html lang=%s><p>Oh, %s!".formatted(language, phrase.toUpperCase(Locale.ROOT));
    }

    @Test
    void aPhraseOfTwoLanguagesCountsForThePagesOwn() {
        assertThat(evidence("<html lang=fr><p>en stock, auf lager, in stock"))
                .contains("fr en stock", "de auf lager", "en in stock");
        assertThat(evidence("<html lang=es><p>compra online")).containsExactly("es compra online");
    }

    private static List<String> evidence(String html) {
        return TestPages.scored(html).score().evidence().stream()
                .map(each -> each.language() + " " + each.phrase())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/pdf | %PDF-1.7 x | application/pdf | not-text | 0",
                "text/html | %PDF-1.7 x | application/pdf | not-text | 0",
                "image/png | x | image/png | not-text | 0",
                "video/mp4 | x | video/mp4 | not-text | 0",
                "text/plain | Buy now | text/plain | not-a-page | 50.028",
                "application/json | {\"a\": \"Buy now\"} | application/json | not-a-page | 50.064",
                "application/rss+xml | <rss><p>Buy now</p></rss> | application/rss+xml | not-a-page | 50.028",
                "text/html | '' | text/html | empty | 0",
            })
    void contentThatIsNoPageIsScoredAsWhatItIs(
            String contentType, String body, String mediaType, String rule, double value) {
        PageResult.Scored scored = TestPages.ofType(contentType, body.getBytes(UTF_8));
        assertThat(scored.signals().mediaType()).isEqualTo(mediaType);
        assertThat(scored.score().deductions().getFirst().rule()).isEqualTo(rule);
        assertThat(scored.score().deductions())
                .extracting(Score.Deduction::rule)
                .doesNotContain("description-missing", "h1-missing");
        assertThat(scored.score().defects()).isEmpty();
        assertThat(scored.score().value()).isEqualTo(value);
    }

    @Test
    void contentWithoutATypeIsTakenForWhatItLooksLike() {
        assertThat(mediaType("<!doctype html><p>x")).isEqualTo("text/html");
        assertThat(mediaType("\ufeff\n<html>")).isEqualTo("text/html");
        assertThat(mediaType("<?xml version='1.0'?><rss/>")).isEqualTo("application/xml");
        assertThat(mediaType("just text")).isEqualTo("text/plain");
        assertThat(mediaType("\u0000\u0001\u0002")).isEqualTo("application/octet-stream");
    }

    private static String mediaType(String body) {
        return TestPages.ofType(null, body.getBytes(UTF_8)).signals().mediaType();
    }

    @Test
    void aCdataSectionOfAFeedIsText() {
        byte[] feed =
                "<rss><title>x</title><d><![CDATA[Buy now & save]]></d></rss>".getBytes(UTF_8);
        assertThat(TestPages.ofType("application/rss+xml", feed).score().evidence()).hasSize(1);
    }

    @Test
    void defectsOfTheTransferCount() {
        RawRecord whole = RawRecords.html("<p>x");
        RawRecord cut =
                new RawRecord(
                        whole.runId(),
                        1,
                        1,
                        whole.url(),
                        whole.urlId(),
                        whole.finalUrl(),
                        List.of(),
                        whole.fetchedAt(),
                        200,
                        whole.outcome(),
                        1,
                        1,
                        whole.contentType(),
                        null,
                        Map.of(),
                        true,
                        4,
                        null);
        assertThat(defects(TestPages.scored(cut, "<title>x</title>ab\u00e9".getBytes(UTF_8))))
                .containsExactly("truncated");
        byte[] halfACharacter = {
            '<',
            't',
            'i',
            't',
            'l',
            'e',
            '>',
            'x',
            '<',
            '/',
            't',
            'i',
            't',
            'l',
            'e',
            '>',
            'y',
            (byte) 0xe2,
            (byte) 0x82
        };
        assertThat(defects(TestPages.scored(cut, halfACharacter))).containsExactly("truncated");
        assertThat(defects(TestPages.scored(whole, halfACharacter)))
                .containsExactly("wrong-charset");
        assertThat(
                        defects(
                                TestPages.ofType(
                                        "text/html; charset=iso-8859-1",
                                        "<title>L\u00e1mpara</title>x".getBytes(UTF_8))))
                .containsExactly("wrong-charset");
    }

    private static List<String> defects(PageResult.Scored scored) {
        return scored.score().defects().stream().map(Score.Defect::name).toList();
    }

    /// Read from the message as it is printed, in decimal arithmetic: the points of the terms are
    /// the score, the deductions are what the quality lacks, the defects are the errors.
    @Property(tries = 300)
    void thePrintedTermsOfAnyPageAddUpToItsScore(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12_000) int size,
            @ForAll("types") String type)
            throws IOException {
        String page = SamplePages.page(seed, 20_000);
        String part = page.substring((int) Math.floorMod(seed, 8_000L));
        byte[] body = part.substring(0, Math.min(size, part.length())).getBytes(UTF_8);
        JsonNode score = DECIMALS.readTree(Wire.write(TestPages.ofType(type, body))).path("score");

        BigDecimal sum = sum(score.path("terms"));
        assertThat(score.path("value").decimalValue())
                .isEqualByComparingTo(sum.max(BigDecimal.ZERO).min(BigDecimal.valueOf(100)));
        BigDecimal quality = BigDecimal.valueOf(100).subtract(sum(score.path("deductions")));
        assertThat(score.path("terms").path(0).path("input").decimalValue())
                .isEqualByComparingTo(quality.max(BigDecimal.ZERO));
        assertThat(score.path("terms").path(1).path("input").intValue())
                .isEqualTo(score.path("evidence").findValuesAsText("kind").contains("buy") ? 1 : 0);
        assertThat(score.path("terms").path(3).path("input").intValue())
                .isEqualTo(score.path("defects").size());
    }

    private static BigDecimal sum(JsonNode list) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode each : list) {
            sum = sum.add(each.path("points").decimalValue());
        }
        return sum;
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("text/html", "text/plain", "application/xml", "application/pdf");
    }

    /// In any order, on any number of threads, under any locale, and with another scorer.
    @Test
    void theSameBytesGiveTheSameScore() throws Exception {
        List<String> pages = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            pages.add(SamplePages.page(seed, 3_000 + seed * 300));
        }
        Map<String, PageResult> expected = new HashMap<>();
        pages.forEach(page -> expected.put(page, TestPages.scored(page)));
        Locale before = Locale.getDefault();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (String locale : List.of("tr-TR", "ar-EG", "th-TH-u-nu-thai", "de-DE")) {
                Locale.setDefault(Locale.forLanguageTag(locale));
                PageScorer scorer = PageScorer.withBuiltInRules();
                List<String> shuffled = new ArrayList<>(pages);
                Collections.shuffle(shuffled, new Random(locale.hashCode()));
                List<Future<PageResult.Scored>> results =
                        shuffled.stream()
                                .map(page -> threads.submit(() -> TestPages.scored(scorer, page)))
                                .toList();
                for (int i = 0; i < results.size(); i++) {
                    assertThat(results.get(i).get()).isEqualTo(expected.get(shuffled.get(i)));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
