package io.jarvix.scoring;

import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/// What a reader sees of a page, by jsoup's tree: another tokenizer, another parser, and the rules
/// of visibility written a second time.
final class JsoupOracle {

    private static final Set<String> UNSEEN =
            Set.of(
                    "script",
                    "style",
                    "template",
                    "noscript",
                    "iframe",
                    "noembed",
                    "noframes",
                    "svg",
                    "title");

    private final StringBuilder text = new StringBuilder();
    private char pending;

    private JsoupOracle() {}

    static Document parse(String html) {
        return Jsoup.parse(html, "https://shop.example/");
    }

    static String text(String html) {
        JsoupOracle oracle = new JsoupOracle();
        oracle.visit(parse(html));
        return oracle.text.toString();
    }

    private void visit(Node node) {
        if (node instanceof TextNode words) {
            words.getWholeText().chars().forEach(c -> add((char) c));
        } else if (node instanceof Element element) {
            element(element);
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        boolean isDocument = Set.of("html", "body", "head", "#root").contains(name);
        if (UNSEEN.contains(name) || !isDocument && isHidden(element)) {
            return;
        }
        if (name.equals("br")) {
            pending = pending == 0 ? ' ' : pending;
            return;
        }
        boolean block = !isDocument && (Elements.flags(Names.of(name)) & Elements.BLOCK) != 0;
        pending = block ? '\n' : pending;
        element.childNodes().forEach(this::visit);
        pending = block ? '\n' : pending;
    }

    private static boolean isHidden(Element element) {
        if (element.hasAttr("hidden")) {
            return true;
        }
        String display = "";
        for (String declaration : element.attr("style").split(";")) {
            String[] parts = declaration.toLowerCase(Locale.ROOT).strip().split("\\s*:\\s*", 2);
            if (parts[0].equals("display") && parts.length == 2) {
                display = parts[1];
            }
        }
        return display.matches("none(\\s*!.*|\\s.*)?");
    }

    private void add(char c) {
        if (" \n\r\t\f\u00a0".indexOf(c) >= 0) {
            pending = pending == 0 ? ' ' : pending;
        } else if (c != 0 && c != '\u00ad' && c != '\u200b') {
            if (pending != 0 && !text.isEmpty()) {
                text.append(pending);
            }
            pending = 0;
            text.append(c);
        }
    }
}
