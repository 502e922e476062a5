package io.jarvix.scoring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// Reads a page with jsoup.
final class JsoupPages {

    private JsoupPages() {}

    record Read(Page page, String charset) {}

    static Read read(byte[] body, @Nullable String charset, String url) {
        Document document;
        try {
            document = Jsoup.parse(new ByteArrayInputStream(body), charset, url);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a page", e);
        }
        String title = document.title();
        String description = attribute(document, "meta[name=description]", "content");
        String canonical = attribute(document, "link[rel=canonical]", "abs:href");
        Element html = document.selectFirst("html");
        String language = html == null ? "" : html.attr("lang");
        boolean structured = document.selectFirst("script[type=application/ld+json]") != null;
        int headings = document.select("h1,h2,h3,h4,h5,h6").size();
        int links = document.select("a[href]").size();
        int h1 = document.select("h1").size();
        boolean viewport = document.selectFirst("meta[name=viewport]") != null;
        document.select("script,style,template,noscript,[hidden],title").remove();
        return new Read(
                new Page(
                        title,
                        description,
                        language,
                        canonical.isEmpty() ? null : canonical,
                        VisibleText.of(document.text()),
                        headings,
                        new int[2 * h1],
                        links,
                        0,
                        0,
                        0,
                        viewport,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        structured,
                        false,
                        false),
                document.charset().name());
    }

    private static String attribute(Document document, String selector, String attribute) {
        Element element = document.selectFirst(selector);
        return element == null ? "" : element.attr(attribute);
    }
}
