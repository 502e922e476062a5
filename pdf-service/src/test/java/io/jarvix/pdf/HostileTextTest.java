package io.jarvix.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.Action;
import io.jarvix.contracts.ReportRequest;
import io.jarvix.contracts.ReportRequest.Coverage;
import io.jarvix.contracts.ReportRequest.HostRow;
import io.jarvix.contracts.ReportRequest.ScoredUrl;
import io.jarvix.contracts.RunEnd;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a page calls itself, it prints, and nothing of it is obeyed.
class HostileTextTest {

    private static final ReportRenderer RENDERER = new ReportRenderer(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lámpara Straße žluťoučký kůň Đặc biệt",
                "Ωμέγα και καφές",
                "Кириллица и ещё",
                "مرحبا بالعالم",
                "שלום עולם",
                "中文标题测试",
                "日本語のタイトル",
                "한국어 제목입니다",
                "🚀🔥☂",
                "ﬁne ⅷ ½ ™ → ≠ ✓"
            })
    void titlesOfEveryCoveredScriptPrintWithoutEmptyBoxes(String title) {
        Printed report = print(title);

        assertThat(report.withoutGlyph()).isZero();
        assertThat(report.text().replace(" ", "")).contains(Printed.folded(title).replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script><b>bold</b>",
                "{report.title} {msg:number(1)} {#if true}yes{/if} {!comment!} {|raw|}",
                "&amp; &lt; &#x41; \"quoted\" 'single'",
                "<!-- --><![CDATA[x]]><?pi?>"
            })
    void markupAndTemplateSyntaxPrintAsTheyAre(String title) {
        Printed report = print(title);

        assertThat(report.text().replace(" ", "")).contains(Printed.folded(title).replace(" ", ""));
    }

    @Test
    void controlAndInvisibleCharactersAreLeftOut() {
        Printed report = print("be\u0000fo\u0007re \u202Eoverride\u202C a\u200Db\uFEFF\uD800 end");

        assertThat(report.text()).contains("be fo re override ab end");
        assertThat(report.withoutGlyph()).isZero();
    }

    @Test
    void scriptsWithoutATypefaceAreNamedAndCounted() {
        Printed report = print("Lamp โคมไฟ lamp");

        assertThat(report.text()).contains("Lamp [5 characters Thai] lamp");
        assertThat(report.withoutGlyph()).isZero();
    }

    @Test
    void numbersInsideTextFromRightToLeftKeepTheirOrder() {
        Printed report = print("מחיר 2026 היום");

        assertThat(report.text()).contains("2026").doesNotContain("6202");
    }

    @ParameterizedTest
    @ValueSource(strings = {"W", "中", "あ", "ﷺ", "🚀", "i", "م"})
    void aWordOfTwoThousandCharactersStaysOnThePage(String character) {
        assertThat(print(character.repeat(2_000)).outside()).isEmpty();
    }

    @Property(tries = 40)
    void anyTitleStaysOnThePageAndHasItsGlyphs(@ForAll @StringLength(max = 300) String title) {
        Printed report = print(title);

        assertThat(report.outside()).isEmpty();
        assertThat(report.withoutGlyph()).isZero();
        assertThat(report.undescribed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://",
                "//host/path",
                "http://exa mple/",
                "data:text/html,<b>",
                "not a url"
            })
    void onlyAbsoluteWebAddressesBecomeLinks(String url) {
        Printed report = Printed.of(render(listing(url)));

        assertThat(report.uris()).isEmpty();
        assertThat(report.text().replace(" ", "")).contains(url.replace(" ", ""));
    }

    @Test
    void aRequestWithNothingButItsNamesPrints() {
        ReportRequest bare =
                new ReportRequest(
                        Requests.RUN,
                        Requests.REQUEST,
                        "",
                        "",
                        RunEnd.UNKNOWN,
                        Requests.AT,
                        Requests.AT,
                        new Coverage(0, 0, 0, 0, 0, 0, 0, 0, 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        null,
                        List.of(),
                        0,
                        List.of(),
                        Map.of());

        assertThat(Printed.of(render(bare)).text()).contains("Untitled run");
    }

    private static ReportRequest listing(String url) {
        return new ReportRequest(
                Requests.RUN,
                Requests.REQUEST,
                "Links",
                "en",
                RunEnd.COMPLETED,
                Requests.AT,
                Requests.AT,
                new Coverage(1, 0, 0, 1, 0, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(new HostRow("h".repeat(300), 1, 1, 0, 0, null)),
                1,
                null,
                List.of(new ScoredUrl(1, url, "A page", 50, Action.SKIP)),
                1,
                List.of(),
                Map.of());
    }

    private static Printed print(String title) {
        return Printed.of(render(Requests.titled(title)));
    }

    private static byte[] render(ReportRequest request) {
        try {
            return RENDERER.render(request).pdf();
        } catch (ReportFailedException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
