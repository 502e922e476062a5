package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Pages of five mebibytes, the largest that the collector keeps, each made to hurt a reader of
/// HTML in its own way.
final class HostilePages {

    static final int SIZE = 5 * 1024 * 1024;

    /// Those that take more than a page is granted: most of what they are is not worth reading.
    static final Set<String> TOO_EXPENSIVE =
            Set.of(
                    "end tags under the deepest stack",
                    "block end tags under the deepest stack",
                    "start tags in a deep drawing");

    private HostilePages() {}

    /// Name to body.
    static Map<String, byte[]> all() {
        Map<String, byte[]> pages = new LinkedHashMap<>();
        add(pages, "a million nested elements", "", "<div>");
        add(pages, "nested inline elements", "", "<b>");
        add(pages, "nested unknown elements", "", "<x>");
        add(pages, "nested paragraphs", "", "<p>");
        add(pages, "nested tables", "", "<table><tr><td>");
        add(pages, "nested drawings", "", "<svg><g>");
        add(pages, "nested templates", "", "<template>");
        add(pages, "nested hidden elements", "", "<i hidden>x");
        add(pages, "nested headings", "", "<h1><span>x");
        add(pages, "nested buttons and options", "", "<button><select><option>");
        add(
                pages,
                "end tags under the deepest stack",
                "<x>".repeat(600) + "</x>".repeat(90),
                "</y>");
        add(pages, "block end tags under the deepest stack", "<div>".repeat(512), "</li>");
        add(pages, "formatting end tags under blocks", "<div>".repeat(511) + "<b>", "</a><b>");
        add(pages, "start tags in a deep drawing", "<svg>" + "<g>".repeat(500), "<a/>");
        add(pages, "links", "", "<a href=\"https://other.example/path\">x</a>");
        add(pages, "links with endless hosts", "", "<a href=//" + "a.".repeat(4_000) + ">");
        add(pages, "one attribute without an end", "<p title=\"", "x>");
        add(pages, "attributes", "<p ", "a=b ");
        add(pages, "attributes that are asked for", "<p ", "style=display:none hidden ");
        add(pages, "a tag without an end", "<", "p");
        add(pages, "a title without an end", "<title>", "x ");
        add(pages, "a description without an end", "<meta name=description content='", "x ");
        add(pages, "a canonical link without an end", "<link rel=canonical href='", "/.");
        add(pages, "tags of links", "", "<link rel='canonical canonical' href=x>");
        add(pages, "a comment without an end", "<!--", "- ");
        add(pages, "comments", "", "<!--->");
        add(pages, "declarations", "", "<!x>");
        add(pages, "angle brackets", "", "<");
        add(pages, "open slashes", "", "</");
        add(pages, "ampersands", "", "&");
        add(pages, "references without semicolons", "", "&ampx");
        add(pages, "references to nothing", "", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        add(pages, "endless numbers", "&#", "9");
        add(
                pages,
                "entities of entities",
                "<!DOCTYPE x [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">]><p>",
                "&a;&b;");
        add(pages, "scripts in scripts", "<script><!--", "<script></script>");
        add(pages, "scripts without an end", "", "<script>");
        add(pages, "structured data without an end", "<script type=application/ld+json>", "[");
        add(
                pages,
                "structured data",
                "",
                "<script type=application/ld+json>{\"@type\":\"X\"}</script>");
        add(
                pages,
                "nested structured data",
                "",
                "<script type=application/ld+json>" + "[{\"a\":".repeat(500) + "</script>");
        add(pages, "one word", "<p>", "x");
        add(pages, "phrases", "<p>", "buy now ");
        add(pages, "half phrases", "<p>", "add to add to ");
        add(pages, "prices", "<p>", "$1 ");
        add(pages, "digits and separators", "<p>$", "1,");
        add(pages, "currencies", "<p>", "USD EUR ");
        add(pages, "combining marks", "<p>e", "\u0301");
        add(pages, "characters beyond the basic plane", "<p>", "💡");
        add(pages, "white space", "<p>x", " \n");
        add(pages, "zeros", "<p>", "\u0000");
        add(pages, "a title that is cut within a character", "<title>" + " ".repeat(9_999), "💡");
        pages.put("dashes between the words of a phrase", dashes());
        pages.put("binary noise", noise(1));
        pages.put("noise with brackets", noiseOf("<>/=\"'& abp!-\n"));
        pages.put("broken UTF-8", filled("<meta charset=utf-8><p>".getBytes(UTF_8), (byte) 0xff));
        pages.put(
                "escape sequences of ISO-2022-JP",
                repeated("<meta charset=iso-2022-jp><p>", "\u001b$B\u001b(B").getBytes(ISO_8859_1));
        return pages;
    }

    private static void add(Map<String, byte[]> pages, String name, String begin, String repeated) {
        pages.put(name, repeated(begin, repeated).getBytes(UTF_8));
    }

    private static String repeated(String begin, String repeated) {
        int width = repeated.getBytes(UTF_8).length;
        return begin + repeated.repeat((SIZE - begin.length()) / width);
    }

    /// A byte each here, three in UTF-8: a snippet of all of it would be no message any more.
    private static byte[] dashes() {
        byte[] page = filled("<meta charset=windows-1252><p>buy".getBytes(UTF_8), (byte) 0x97);
        System.arraycopy("now".getBytes(UTF_8), 0, page, SIZE - 3, 3);
        return page;
    }

    private static byte[] noise(long seed) {
        byte[] noise = new byte[SIZE];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private static byte[] noiseOf(String alphabet) {
        Random random = new Random(2);
        byte[] noise = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            noise[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return noise;
    }

    private static byte[] filled(byte[] begin, byte filling) {
        byte[] bytes = new byte[SIZE];
        java.util.Arrays.fill(bytes, filling);
        System.arraycopy(begin, 0, bytes, 0, begin.length);
        return bytes;
    }
}
