package io.jarvix.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// The HTML of the pages. Each page has a head, a lead and a choice of sections of its own; the
/// sections are prepared once per language outside the heap, so that a page costs the origin some
/// microseconds and no copy. The same plan and number give the same bytes.
final class PageText {

    private static final int SECTIONS_PER_LANGUAGE = 512;
    private static final int MOST_COMPONENTS = 1024;

    private final SitePlan plan;
    private final List<Parts> parts;
    private final ByteBuf style;

    /// What the pages of one language share.
    private record Parts(ByteBuf navigation, List<ByteBuf> sections) {}

    PageText(SitePlan plan) {
        this.plan = plan;
        this.style = shared(style(new Text(Language.EN, new SplittableRandom(plan.seed()))));
        this.parts = Stream.of(Language.values()).map(language -> parts(plan, language)).toList();
    }

    private static Parts parts(SitePlan plan, Language language) {
        SplittableRandom random =
                new SplittableRandom(plan.seed() + 31 * (language.ordinal() + 1L));
        Text text = new Text(language, random);
        ByteBuf navigation = shared(navigation(text, language));
        List<ByteBuf> sections = new ArrayList<>();
        for (int i = 0; i < SECTIONS_PER_LANGUAGE; i++) {
            sections.add(shared(section(text, i)));
        }
        return new Parts(navigation, sections);
    }

    /// The page's HTML, UTF-8, within a section of its planned length. The caller releases it.
    ByteBuf html(SitePlan.Page page) {
        Parts shared = parts.get(page.language().ordinal());
        SplittableRandom random =
                new SplittableRandom(plan.seed() ^ (page.content() * 0x9E3779B97F4A7C15L));
        Text text = new Text(page.language(), random);
        CompositeByteBuf html = Unpooled.compositeBuffer(MOST_COMPONENTS);
        add(html, ownBytes(head(text, page)));
        if (page.targetBytes() > 8 * 1024) {
            add(html, style.duplicate());
        }
        add(html, shared.navigation().duplicate());
        add(html, ownBytes(lead(text, page)));
        List<ByteBuf> choice = shared.sections();
        int section = random.nextInt(choice.size());
        int stride = 1 + 2 * random.nextInt(choice.size() / 2);
        while (html.readableBytes() < page.targetBytes() - 1500) {
            add(html, choice.get(section).duplicate());
            section = (section + stride) % choice.size();
        }
        add(html, ownBytes(foot(text)));
        return html;
    }

    private static void add(CompositeByteBuf html, ByteBuf part) {
        html.addComponent(true, part);
    }

    private static ByteBuf ownBytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(UTF_8));
    }

    /// Lives as long as the process: releasing it does nothing.
    private static ByteBuf shared(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes))
                .asReadOnly();
    }

    private static String head(Text text, SitePlan.Page page) {
        String title = text.title(4) + " | " + page.content();
        String code = page.language().code();
        return """
        <!DOCTYPE html>
        <html lang="%s">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <meta name="description" content="%s">
        <meta property="og:title" content="%s">
        <meta property="og:type" content="website">
        <meta property="og:image" content="/media/%s.jpg">
        <link rel="canonical" href="/%s/page-%d.html">
        <link rel="stylesheet" href="/assets/main.%s.css">
        <script src="/assets/app.%s.js" defer></script>
        """
                .formatted(
                        code,
                        title,
                        text.sentence().strip(),
                        title,
                        text.hex(24),
                        code,
                        page.content(),
                        text.hex(8),
                        text.hex(8));
    }

    private static String lead(Text text, SitePlan.Page page) {
        StringBuilder lead = new StringBuilder();
        lead.append("<main id=\"content\">\n<article class=\"lead\">\n<h1>")
                .append(text.title(5))
                .append("</h1>\n<p class=\"intro\">")
                .append(text.sentences(4))
                .append("</p>\n");
        if (page.buying()) {
            List<String> phrases = page.language().buyingPhrases();
            String phrase = phrases.get(text.number(phrases.size()));
            lead.append("<div class=\"buy\"><span class=\"price\">EUR ")
                    .append(text.price())
                    .append("</span> <a class=\"btn btn-primary\" href=\"/checkout?sku=")
                    .append(text.code())
                    .append("\"><strong>")
                    .append(phrase)
                    .append("</strong></a></div>\n")
                    .append(productData(text));
        }
        return lead.append("</article>\n").toString();
    }

    private static String productData(Text text) {
        return """
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"%s","sku":"%s",\
        "offers":{"@type":"Offer","priceCurrency":"EUR","price":"%s","availability":"https://schema.org/InStock"}}</script>
        """
                .formatted(text.title(3), text.code(), text.price());
    }

    private static String section(Text text, int index) {
        return switch (index % 6) {
            case 0, 1 -> prose(text);
            case 2 -> cards(text);
            case 3 -> table(text);
            case 4 -> list(text);
            default -> script(text);
        };
    }

    private static String prose(Text text) {
        StringBuilder html =
                new StringBuilder("<section class=\"prose\"><h2>" + text.title(3) + "</h2>\n");
        for (int i = 0; i < 4; i++) {
            html.append("<p class=\"text text--body\">")
                    .append(text.sentences(3))
                    .append("<a href=\"/info/")
                    .append(text.hex(6))
                    .append("\" title=\"")
                    .append(text.title(2))
                    .append("\">")
                    .append(text.title(2))
                    .append("</a> ")
                    .append(text.sentences(1))
                    .append("&nbsp;&mdash; <em>")
                    .append(text.word())
                    .append("</em> &amp; ")
                    .append(text.word())
                    .append(".</p>\n");
        }
        return html.append("</section>\n").toString();
    }

    private static String cards(Text text) {
        StringBuilder html = new StringBuilder("<div class=\"grid grid--cards\">\n");
        for (int i = 0; i < 6; i++) {
            html.append(
                    """
                    <div class="card card--product" data-sku="%s" data-id="%s">
                      <a href="/p/%s.html"><img src="/media/%s.webp" alt="%s" width="320" height="240" loading="lazy"></a>
                      <h3 class="card__title">%s</h3><p class="card__text">%s</p>
                      <span class="card__price">EUR %s</span>
                    </div>
                    """
                            .formatted(
                                    text.code(),
                                    text.hex(8),
                                    text.hex(10),
                                    text.hex(20),
                                    text.title(2),
                                    text.title(3),
                                    text.sentence(),
                                    text.price()));
        }
        return html.append("</div>\n").toString();
    }

    private static String table(Text text) {
        StringBuilder html =
                new StringBuilder(
                        "<table class=\"data\"><caption>" + text.title(2) + "</caption>\n");
        for (int i = 0; i < 12; i++) {
            html.append("<tr><th scope=\"row\">")
                    .append(text.word())
                    .append("</th><td>")
                    .append(text.code())
                    .append("</td><td class=\"num\">")
                    .append(text.number(10_000))
                    .append("</td><td>")
                    .append(text.sentence())
                    .append("</td></tr>\n");
        }
        return html.append("</table>\n").toString();
    }

    private static String list(Text text) {
        StringBuilder html = new StringBuilder("<ul class=\"links links--wide\">\n");
        for (int i = 0; i < 20; i++) {
            html.append(
                            "<li class=\"links__item\"><a class=\"link\" href=\"https://www.example.com/")
                    .append(text.hex(12))
                    .append("?ref=")
                    .append(text.number(999))
                    .append("\">")
                    .append(text.title(3))
                    .append("</a></li>\n");
        }
        return html.append("</ul>\n").toString();
    }

    private static String script(Text text) {
        StringBuilder html = new StringBuilder("<script>window.__state=window.__state||[];\n");
        for (int i = 0; i < 30; i++) {
            html.append("__state.push({id:\"")
                    .append(text.hex(12))
                    .append("\",n:")
                    .append(text.number(100_000))
                    .append(",k:\"")
                    .append(text.word())
                    .append("\",on:function(e){return e&&e.n<")
                    .append(text.number(500))
                    .append("}});\n");
        }
        return html.append("</script>\n").toString();
    }

    private static String style(Text text) {
        StringBuilder css = new StringBuilder("<style>\n");
        for (int i = 0; i < 40; i++) {
            css.append(".c")
                    .append(text.hex(5))
                    .append("{margin:0 ")
                    .append(text.number(40))
                    .append("px;padding:")
                    .append(text.number(20))
                    .append("px;color:#")
                    .append(text.hex(6))
                    .append(";display:flex}\n");
        }
        return css.append("</style>\n").toString();
    }

    private static String navigation(Text text, Language language) {
        StringBuilder html =
                new StringBuilder(
                        "</head>\n<body class=\"page\">\n<header><nav class=\"menu\"><ul>\n");
        for (int i = 0; i < 12; i++) {
            html.append("<li class=\"menu__item\"><a href=\"/")
                    .append(language.code())
                    .append('/')
                    .append(text.hex(5))
                    .append("/\">")
                    .append(text.title(1))
                    .append("</a></li>\n");
        }
        return html.append("</ul></nav></header>\n").toString();
    }

    private static String foot(Text text) {
        return "</main>\n<footer><p>&copy; 2026 "
                + text.title(2)
                + "</p></footer>\n</body>\n</html>\n";
    }
}
