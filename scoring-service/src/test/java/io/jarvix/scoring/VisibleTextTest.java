package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The text that a reader sees, against jsoup as an independent reader of HTML.
class VisibleTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "<p>one<p>two",
                "<b>bu</b>y <i>now</i>",
                "one<br>two<br/>three",
                "<div>a</div>b<div>c</div>",
                "a<script>if (a < b) { x('</b>') }</script>b",
                "a<script><!-- x </script>b",
                "a<script><!--><script>x</script>b</script>c",
                "a<style>p > b { content: '<p>' }</style>b",
                "<title>t &amp; u</title>x",
                "<textarea>a <b> &lt; c</textarea>d",
                "<template><p>no</p></template>yes",
                "<p hidden>no</p>yes",
                "<p hidden>no<p>yes",
                "<div style='color:red; DISPLAY : None'>no</div>yes",
                "<div style='display:none;display:block'>yes</div>",
                "<div style='display:nonesuch'>yes</div>",
                "<div hidden><div>no</div>no</div>yes",
                "<div hidden><span>no</div>yes</span>",
                "<div><span hidden>no</div>yes",
                "<span hidden>no<div>no</span>no</div>yes",
                "<ul><li hidden>no<li>yes<ul><li>yes</ul></ul>yes",
                "<dl><dt hidden>no<dd>yes</dl>",
                "<table><tr><td hidden>no<td>yes<tr hidden><td>no</table>yes",
                "<table><tbody hidden><tr><td>no<tbody><tr><td>yes</table>",
                "<table><tr><td><table><tr hidden><td>no</table>yes</table>",
                "<td hidden>yes",
                "<select><option hidden>no<option>yes</select>",
                "<button hidden>no<button>yes</button>",
                "<h1 hidden>no</h2>yes",
                "<h1 hidden>no<h2>yes</h2>",
                "<a hidden href=x>no<a href=y>yes</a>",
                "<b hidden>no<p>no</b>yes",
                "<form hidden><div>no</form>no</div>yes",
                "<div/>x<div hidden/>no",
                "<svg><title>no</title><style>no</style></svg>yes",
                "<svg/>yes",
                "<svg><foreignObject><div>no</div></foreignObject></svg>yes",
                "<svg><![CDATA[ <p>no ]]></svg>yes",
                "a<!-- b -->c<!-->d<!--->e<!-- f --!>g<!-- -- > -->h",
                "a<!doctype html>b<?php echo ?>c</ d>e</>f",
                "a < b <3 <",
                "a</",
                "a<",
                "a<b",
                "a<p class='x",
                "&amp &ampx; &lt;&gt &notit; &notin; &copy2026 &unknown; &",
                "&#65;&#x42;&#67 &#128; &#99999999999; &#x; &#;",
                "&nbsp;a&nbsp;&nbsp;b&nbsp;",
                "a&shy;b&#8203;c",
                "&NotEqualTilde; &ngE; &CounterClockwiseContourIntegral;",
                "<p title='a>b' data-x=\"<p>\">c",
                "<p title=a/>b",
                "<p a=b c d='e'f=\"g\"h>i",
                "<p =x>y",
                "<P CLASS=X>Y</P >z",
                "<iframe><p>no</p></iframe>yes",
                "<noscript><p>no</p></noscript>yes",
                "x<plaintext><b>yes",
                "a</p>b</br>c</div>d",
                "<body hidden>yes",
                "<html lang=en><head><title>x</title></head><body>yes</body></html> more",
                "<custom-element hidden>no</custom-element>yes",
                "<a-very-long-element-name hidden>no</a-very-long-element-name>yes",
                "a<wbr>b<img alt=no>c",
                "<p>a\u0000b",
                "\ufeffa",
            })
    void isWhatAReaderSees(String html) {
        assertThat(text(html)).isEqualTo(JsoupOracle.text(html)).doesNotContain("no ");
    }

    /// Where jsoup reads otherwise than the standard says.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a<script><!-- <script>x</script> --></script>b | ab",
                "<svg><path/><g>no</g><p>yes | yes",
                "a<![CDATA[b]]>c | ac",
                "a&#0;b&#xd800;c | a\ufffdb\ufffdc",
                "<xmp><b>yes</b></xmp> | <b>yes</b>",
            })
    void isWhatTheStandardSays(String html, String expected) {
        assertThat(text(html)).isEqualTo(expected);
    }

    @Test
    void ofAWholePageIsTheSame() {
        for (int seed = 0; seed < 20; seed++) {
            String page = SamplePages.page(seed, 20_000);
            assertThat(text(page)).isEqualTo(JsoupOracle.text(page));
        }
    }

    @Property(tries = 2_000)
    void ofAnyNestingIsTheSame(@ForAll("documents") String html) {
        assertThat(text(html)).as(html).isEqualTo(JsoupOracle.text(html));
    }

    /// Elements in each other as authors write them, with optional end tags left out here and
    /// there, some of them hidden, with references, comments and raw text between.
    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.randomValue(random -> new Author(random).document());
    }

    static String text(String html) {
        Page page =
                new PageReader(new Platforms(List.of()))
                        .readPage(html.toCharArray(), html.length(), "https://shop.example/");
        return new String(page.text().chars(), 0, page.text().length());
    }

    /// Writes documents.
    private static final class Author {

        private static final List<String> INLINE =
                List.of("span", "b", "i", "a", "em", "u", "label", "x-custom", "code");
        private static final List<String> BLOCKS =
                List.of("div", "section", "h1", "h3", "blockquote", "article", "nav", "pre");
        private static final List<String> PIECES =
                List.of(
                        "word",
                        " ",
                        "two words",
                        "&amp;",
                        "&nbsp;",
                        "&eacute",
                        "&#x20ac;",
                        "1 < 2",
                        "<!-- c -->",
                        "<br>",
                        "<img src=x>",
                        "\n",
                        "é",
                        "灯",
                        "\ud83d\udca1",
                        "<script>var a = '<p>';</script>",
                        "<style>p{}</style>",
                        "<wbr>",
                        "<svg><g>no</g></svg>",
                        "<input value=no>");

        private final Random random;
        private final List<String> open = new ArrayList<>();

        Author(Random random) {
            this.random = random;
        }

        String document() {
            StringBuilder html = new StringBuilder(random.nextBoolean() ? "<!DOCTYPE html>" : "");
            blocks(html, 3);
            return html.toString();
        }

        private void blocks(StringBuilder html, int depth) {
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                switch (depth == 0 ? 6 : random.nextInt(7)) {
                    case 0 -> element(html, BLOCKS, () -> blocks(html, depth - 1));
                    case 1 -> element(html, BLOCKS, () -> inline(html, 2));
                    case 2 -> optional(html, "p", () -> inline(html, 2));
                    case 3 -> list(html, depth);
                    case 4 -> table(html, depth);
                    case 5 -> html.append("<title>no</title>");
                    default -> inline(html, 2);
                }
            }
        }

        private void inline(StringBuilder html, int depth) {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                if (depth > 0 && random.nextInt(3) == 0) {
                    element(html, INLINE, () -> inline(html, depth - 1));
                } else {
                    html.append(PIECES.get(random.nextInt(PIECES.size())));
                }
            }
        }

        private void list(StringBuilder html, int depth) {
            element(
                    html,
                    List.of("ul", "ol"),
                    () -> {
                        for (int i = 0; i < 3; i++) {
                            optional(html, "li", () -> blocks(html, depth - 1));
                        }
                    });
        }

        private void table(StringBuilder html, int depth) {
            element(
                    html,
                    List.of("table"),
                    () -> {
                        for (int row = 0; row < 2; row++) {
                            optional(
                                    html,
                                    "tr",
                                    () -> {
                                        optional(html, "th", () -> inline(html, 1));
                                        optional(html, "td", () -> blocks(html, depth - 1));
                                    });
                        }
                    });
        }

        /// An `a` within an `a` cannot be written in HTML.
        private void element(StringBuilder html, List<String> names, Runnable content) {
            String drawn = names.get(random.nextInt(names.size()));
            String name = drawn.equals("a") && open.contains("a") ? "span" : drawn;
            open.add(name);
            html.append('<').append(name).append(attributes()).append('>');
            content.run();
            html.append("</").append(name).append('>');
            open.removeLast();
        }

        private void optional(StringBuilder html, String name, Runnable content) {
            html.append('<').append(name).append(attributes()).append('>');
            content.run();
            html.append(random.nextBoolean() ? "</" + name + ">" : "");
        }

        private String attributes() {
            return switch (random.nextInt(12)) {
                case 0 -> " hidden";
                case 1 -> " style=\"color:red;display:none\"";
                case 2 -> " class='a > b' id=x";
                case 3 -> " style='display:block'";
                default -> "";
            };
        }
    }
}
