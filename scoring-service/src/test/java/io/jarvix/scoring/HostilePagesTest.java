package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.Score;
import io.jarvix.contracts.Signals;
import io.jarvix.contracts.Wire;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pages made to hurt: each ends with a score or a clear failure, within bounded memory and work.
/// The time-outs are no measure of speed; they end what would not end.
class HostilePagesTest {

    private static final Map<String, byte[]> PAGES = HostilePages.all();

    /// Bytes that a page of the largest size may take, together: what the class comment of
    /// PageScorer promises, and the answer.
    private static final long MOST_ALLOCATED = 8L * HostilePages.SIZE;

    static Stream<String> names() {
        return PAGES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsWithAScoreOrAClearFailureInBoundedMemory(String name) {
        TestPages.scored("<p>What is loaded only once is no part of the bound.");
        byte[] body = PAGES.getOrDefault(name, new byte[0]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        PageResult result = TestPages.resultOf("text/html", body);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as(name).isLessThan(MOST_ALLOCATED);
        assertThat(message(result)).hasSizeLessThan(64 * 1024);
        if (HostilePages.TOO_EXPENSIVE.contains(name)) {
            assertThat(result)
                    .isEqualTo(
                            new Failed(
                                    FailureKind.SCORING,
                                    "The page was not read to its end: its tags open and end each other in a way"
                                            + " that takes more than "
                                            + (100_000 + 64L * charactersOf(body))
                                            + " steps to follow."));
        } else {
            assertThat(result)
                    .isInstanceOfSatisfying(PageResult.Scored.class, HostilePagesTest::assertSound);
        }
    }

    private static int charactersOf(byte[] body) {
        return new String(body, UTF_8).length();
    }

    /// The bound on time, as work: tokens lie behind each other, so no character is read twice.
    @ParameterizedTest
    @MethodSource("names")
    void isSplitIntoTokensThatDoNotOverlap(String name) {
        char[] page = new String(PAGES.getOrDefault(name, new byte[0]), ISO_8859_1).toCharArray();
        HtmlScanner scanner = new HtmlScanner();
        scanner.begin(page, page.length, false);
        int end = 0;
        int tokens = 0;
        HtmlScanner.Token token;
        do {
            token = scanner.next();
            boolean raw =
                    token == HtmlScanner.Token.START_TAG
                            && (Elements.flags(scanner.name())
                                            & (Elements.RAW_TEXT | Elements.ESCAPABLE_TEXT))
                                    != 0;
            if (raw) {
                scanner.readContent(scanner.name());
            }
            if (raw || token == HtmlScanner.Token.TEXT) {
                assertThat(scanner.tokenBegin()).isGreaterThanOrEqualTo(end);
                assertThat(scanner.tokenEnd()).isGreaterThanOrEqualTo(scanner.tokenBegin());
                end = scanner.tokenEnd();
            }
            tokens++;
        } while (token != HtmlScanner.Token.END);
        assertThat(tokens).isLessThanOrEqualTo(page.length + 1);
        assertThat(end).isLessThanOrEqualTo(page.length);
    }

    /// The other half of that bound: what following the open elements takes. Pages of the web are
    /// far from it.
    @Test
    void pagesOfTheWebTakeFewStepsForEachCharacter() {
        PageReader reader = new PageReader(new Platforms(List.of()));
        for (int seed = 0; seed < 50; seed++) {
            char[] page = SamplePages.page(seed, 44_000).toCharArray();
            reader.readPage(page, page.length, "https://shop.example/");
            assertThat(reader.effort()).isBetween(1L, page.length / 20L);
        }
    }

    private static byte[] message(PageResult result) {
        var raw = RawRecords.html("");
        return Wire.write(
                new PageScore(
                        raw.runId(),
                        1,
                        1,
                        raw.url(),
                        raw.urlId(),
                        io.jarvix.contracts.FetchFacts.of(raw),
                        result));
    }

    /// JSON's escapes name what no text of a page holds.
    @Test
    void structuredDataThatNoTextCanHoldIsLeftOut() {
        Signals signals =
                TestPages.scored(
                                "<script type=application/ld+json>{\"@type\":[\"\\ud800\",\"a\\u0000b\",\"Offer\"],"
                                        + "\"price\":\"1\\ud800\",\"priceCurrency\":\"EUR\"}</script>"
                                        + "<script type=application/ld+json>{\"price\":1,\"priceCurrency\":\"E\\u0000R\"}"
                                        + "</script>")
                        .signals();
        assertThat(signals.structuredData()).containsExactly("Offer");
        assertThat(signals.prices()).isEmpty();
    }

    @Test
    void aValueThatIsTooLongIsNotCutWithinACharacter() {
        String value = " ".repeat(9_997) + "/a💡";
        Signals signals =
                TestPages.scored(
                                "<title>%s</title><meta name=description content='%s'>"
                                                .formatted(value, value)
                                        + "<link rel=canonical href='%s'>".formatted(value))
                        .signals();
        assertThat(signals.title()).isEqualTo("/a");
        assertThat(signals.description()).isEqualTo("/a");
        assertThat(signals.canonicalUrl()).isEqualTo("https://www.shop.example/a");
    }

    @Test
    void aSnippetShowsTheBeginningOfAPhraseThatDashesPullApart() {
        String snippet =
                TestPages.scored("<p>Buy" + "-".repeat(5_000) + "now")
                        .score()
                        .evidence()
                        .getFirst()
                        .snippet();
        assertThat(snippet).startsWith("Buy---").hasSizeLessThan(250);
    }

    /// Any bytes, read as any kind of content, give a sound score, and the same one again.
    @Property(tries = 3_000)
    void anyMutationOfAPageIsScored(
            @ForAll("mutations") byte[] body, @ForAll("types") String type) {
        PageResult.Scored scored = TestPages.ofType(type, body);
        assertSound(scored);
        assertThat(TestPages.ofType(type, body)).isEqualTo(scored);
        assertThat(message(scored)).hasSizeLessThan(64 * 1024);
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of(
                "text/html",
                "text/html; charset=utf-8",
                "text/html; charset=shift_jis",
                "text/html; charset=iso-2022-jp",
                "text/html; charset=gb18030",
                "text/html; charset=utf-16le",
                "application/xml",
                "text/plain");
    }

    /// Real-looking markup with pieces cut out, doubled, swapped for hostile ones, and bytes
    /// changed.
    @Provide
    Arbitrary<byte[]> mutations() {
        return Arbitraries.randomValue(HostilePagesTest::mutation);
    }

    private static byte[] mutation(Random random) {
        StringBuilder page = new StringBuilder(SamplePages.page(random.nextInt(50), 2_500));
        int edits = random.nextInt(12);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(page.length());
            int end = Math.min(page.length(), at + random.nextInt(80));
            switch (random.nextInt(4)) {
                case 0 -> page.delete(at, end);
                case 1 -> page.insert(at, page.substring(at, end));
                case 2 -> page.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> page.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        byte[] bytes = page.toString().getBytes(random.nextBoolean() ? UTF_8 : ISO_8859_1);
        for (int i = random.nextInt(6); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static final String[] PIECES = {
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script",
        "<title>",
        "<svg>",
        "</svg>",
        "<table>",
        "<td>",
        "</p>",
        "<template>",
        "</template>",
        "&#",
        "&#x",
        "&amp",
        "&",
        "\"",
        "'",
        "=",
        " hidden ",
        "<select>",
        "<h1>",
        "</h1>",
        "<plaintext>",
        "<textarea>",
        "<xmp>",
        "buy now",
        "$",
        "USD 1",
        "\u0000",
        "\ud83d\udca1",
        "\ufeff",
        "<base href=//x>",
        "<script type=application/ld+json>{\"@type\":",
        "<form hidden>",
        "</form>",
        "<b hidden>",
        "</b>",
        "<a hidden>",
        "<foreignObject>",
        "<br>",
        "</br>",
        "<meta charset=x>",
    };

    private static void assertSound(PageResult.Scored scored) {
        Signals signals = scored.signals();
        Score score = scored.score();
        assertThat(signals.title().length()).isLessThanOrEqualTo(1_000);
        assertThat(signals.prices()).hasSizeLessThanOrEqualTo(Prices.MOST);
        assertThat(signals.prices()).allSatisfy(price -> assertThat(price.length()).isLessThan(40));
        assertThat(signals.structuredData()).hasSizeLessThanOrEqualTo(20);
        assertThat(signals.wordCount()).isLessThanOrEqualTo(signals.textLength());
        assertThat(score.evidence()).hasSizeLessThanOrEqualTo(20);
        assertThat(score.evidence())
                .allSatisfy(
                        each -> {
                            assertThat(each.position()).isBetween(0, signals.textLength());
                            assertThat(each.snippet().length()).isLessThan(400);
                        });
        assertThat(score.value()).isBetween(0.0, 100.0);
        assertThat(texts(scored)).allSatisfy(HostilePagesTest::assertStorable);
    }

    private static List<String> texts(PageResult.Scored scored) {
        List<String> texts = new ArrayList<>();
        Signals signals = scored.signals();
        texts.addAll(List.of(signals.title(), signals.description(), signals.language()));
        texts.addAll(signals.structuredData());
        texts.addAll(signals.prices());
        texts.add(String.valueOf(signals.canonicalUrl()));
        scored.score().evidence().forEach(each -> texts.add(each.snippet()));
        return texts;
    }

    /// No database and no PDF takes half a surrogate pair or a NUL.
    private static void assertStorable(String text) {
        assertThat(UTF_8.newEncoder().canEncode(text)).as(text).isTrue();
        assertThat(text).doesNotContain("\u0000");
    }
}
