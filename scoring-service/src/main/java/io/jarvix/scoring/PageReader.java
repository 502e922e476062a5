package io.jarvix.scoring;

import io.jarvix.scoring.HtmlScanner.Attributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a document once and says what it contains. Not for use by two threads at once.
///
/// A reader sees neither scripts, styles, templates, `noscript`, frames and drawings, nor what has
/// the attribute `hidden` or an inline style `display:none`, nor the title, which is kept apart.
/// These two on `body` and `html` are not looked at: pages hide themselves so until their script
/// has run.
final class PageReader {

    /// Characters of a title or an attribute that are read; what is longer is no longer for people.
    private static final int MAX_VALUE = 10_000;

    private static final int MAX_MAIN_HEADINGS = 32;

    private final HtmlScanner scanner = new HtmlScanner();
    private final OpenElements open = new OpenElements();
    private final TextSink text = new TextSink();
    private final TextSink value = new TextSink();
    private final Platforms platforms;
    private final JsonLd jsonLd = new JsonLd();

    private Links links = new Links("");
    private @Nullable String title;
    private @Nullable String description;
    private @Nullable String canonical;
    private String language = "";
    private String metaLanguage = "";
    private int headings;
    private int[] mainHeadings = new int[0];
    private int mainHeadingDepth;
    private int images;
    private int imagesWithoutText;
    private boolean hasViewport;
    private boolean noindex;
    private boolean plain;

    PageReader(Platforms platforms) {
        this.platforms = platforms;
    }

    /// Lets large buffers go.
    void shrink(int most) {
        text.shrink(most);
        value.shrink(most);
    }

    /// Reads HTML.
    ///
    /// @param url where it is from
    Page readPage(char[] chars, int length, String url) {
        begin(chars, length, url, false);
        while (true) {
            switch (scanner.next()) {
                case TEXT -> {
                    if (open.isSeen()) {
                        text.escaped(chars, scanner.tokenBegin(), scanner.tokenEnd(), false);
                    }
                }
                case CDATA -> {}
                case START_TAG -> startTag();
                case END_TAG -> endTag();
                case END -> {
                    return page();
                }
            }
        }
    }

    /// Reads XML that is no page: all of its text, each element apart.
    Page readXml(char[] chars, int length, String url) {
        begin(chars, length, url, true);
        while (true) {
            switch (scanner.next()) {
                case TEXT -> text.escaped(chars, scanner.tokenBegin(), scanner.tokenEnd(), false);
                case CDATA -> text.raw(chars, scanner.tokenBegin(), scanner.tokenEnd());
                case START_TAG, END_TAG -> text.boundary();
                case END -> {
                    return page();
                }
            }
        }
    }

    /// Reads text without markup.
    Page readText(char[] chars, int length, String url) {
        begin(chars, length, url, true);
        text.raw(chars, 0, length);
        return page();
    }

    private void begin(char[] chars, int length, String url, boolean isPlain) {
        scanner.begin(chars, length, isPlain);
        open.clear();
        text.begin(length);
        platforms.begin();
        jsonLd.begin();
        links = new Links(url);
        title = null;
        description = null;
        canonical = null;
        language = "";
        metaLanguage = "";
        headings = 0;
        mainHeadings = new int[0];
        mainHeadingDepth = -1;
        images = 0;
        imagesWithoutText = 0;
        hasViewport = false;
        noindex = false;
        plain = isPlain;
    }

    private Page page() {
        endMainHeading(-1);
        VisibleText visible = new VisibleText(text.chars(), text.length());
        List<String> prices = new ArrayList<>(Prices.find(visible));
        jsonLd.prices().stream()
                .filter(price -> !prices.contains(price))
                .limit(Prices.MOST - prices.size())
                .forEach(prices::add);
        return new Page(
                title == null ? "" : title,
                description == null ? "" : description,
                language.isEmpty() ? metaLanguage : language,
                links.resolve(canonical),
                visible,
                headings,
                mainHeadings,
                links.internal(),
                links.external(),
                images,
                imagesWithoutText,
                hasViewport,
                noindex,
                plain ? List.of() : platforms.found(),
                jsonLd.types(),
                prices,
                jsonLd.isPresent(),
                jsonLd.isBroken(),
                jsonLd.isForSubscribers());
    }

    private void startTag() {
        long name = scanner.name();
        int flags = Elements.flags(name);
        if (open.isInDrawing()) {
            if ((flags & Elements.BREAKS_OUT) == 0) {
                openInDrawing(name);
                return;
            }
            open.endDrawing();
            scanner.readCdataSections(false);
        }
        if (!open.isInTemplate()) {
            collect(name);
        }
        if ((flags & Elements.DOCUMENT) != 0
                || (flags & Elements.TABLE_PART) != 0 && !open.isInTable()) {
            return;
        }
        open.endBefore(name, flags, !scanner.hasDoctype());
        afterEnds();
        boolean hidden = (flags & Elements.UNSEEN) != 0 || isHidden();
        boolean seen = open.isSeen() && !hidden;
        if (seen && (flags & Elements.BLOCK) != 0) {
            text.boundary();
        }
        if ((flags & Elements.VOID) != 0) {
            if (seen && name == Elements.BR) {
                text.space();
            }
        } else if ((flags & (Elements.RAW_TEXT | Elements.ESCAPABLE_TEXT)) != 0) {
            content(name, flags, seen);
        } else if (name == Elements.PLAINTEXT) {
            scanner.readContent(name);
            if (seen) {
                text.raw(scanner.source(), scanner.tokenBegin(), scanner.tokenEnd());
            }
        } else if (name == Elements.SVG) {
            if (!scanner.isSelfClosing()) {
                open.open(name, flags, true);
                scanner.readCdataSections(true);
            }
        } else {
            if (seen && (flags & Elements.HEADING) != 0) {
                heading(name);
            }
            open.open(name, flags, hidden);
        }
    }

    private void endTag() {
        long name = scanner.name();
        int flags = Elements.flags(name);
        if (name == Elements.BR) {
            if (open.isSeen()) {
                text.space();
            }
            return;
        }
        if ((flags & Elements.DOCUMENT) != 0) {
            return;
        }
        boolean drawing = open.isInDrawing();
        boolean ended = open.end(name, flags);
        if (drawing) {
            scanner.readCdataSections(open.isInDrawing());
            return;
        }
        afterEnds();
        if (!ended && name == Elements.P && open.isSeen()) {
            text.boundary();
        }
    }

    private void afterEnds() {
        endMainHeading(open.depth());
        if (open.hasBlockEnded()) {
            text.boundary();
        }
    }

    private void openInDrawing(long name) {
        if (!scanner.isSelfClosing()) {
            int scope = name == Elements.FOREIGN_OBJECT ? Elements.SCOPE : 0;
            open.open(name, scope, name == Elements.SVG);
        }
    }

    private void heading(long name) {
        headings++;
        if (name == Elements.H1 && mainHeadings.length < 2 * MAX_MAIN_HEADINGS) {
            mainHeadings = Arrays.copyOf(mainHeadings, mainHeadings.length + 2);
            mainHeadings[mainHeadings.length - 2] = text.next();
            mainHeadingDepth = open.depth();
        }
    }

    /// Ends the main heading that is open, if the element has ended.
    private void endMainHeading(int depth) {
        if (mainHeadingDepth >= 0 && depth <= mainHeadingDepth) {
            mainHeadings[mainHeadings.length - 1] = text.length();
            mainHeadingDepth = -1;
        }
    }

    /// An element whose content is text without tags.
    private void content(long name, int flags, boolean seen) {
        boolean data = name == Elements.SCRIPT && is(Attributes.TYPE, "application/ld+json");
        scanner.readContent(name);
        int begin = scanner.tokenBegin();
        int end = scanner.tokenEnd();
        if (data && !open.isInTemplate()) {
            jsonLd.read(scanner.source(), begin, end);
        } else if (name == Elements.TITLE && title == null && !open.isInTemplate()) {
            title = folded(begin, end, false);
        } else if (seen && (flags & Elements.SEEN_TEXT) != 0) {
            if ((flags & Elements.ESCAPABLE_TEXT) != 0) {
                text.escaped(scanner.source(), begin, end, false);
            } else {
                text.raw(scanner.source(), begin, end);
            }
            text.boundary();
        }
    }

    private void collect(long name) {
        if (name == Elements.A || name == Elements.AREA) {
            if (has(Attributes.HREF)) {
                links.count(scanner.source(), begin(Attributes.HREF), end(Attributes.HREF));
            }
        } else if (name == Elements.IMG) {
            images++;
            imagesWithoutText += has(Attributes.ALT) ? 0 : 1;
            resource(Attributes.SRC);
        } else if (name == Elements.SCRIPT) {
            resource(Attributes.SRC);
        } else if (name == Elements.LINK) {
            resource(Attributes.HREF);
            if (canonical == null && hasToken(Attributes.REL, "canonical")) {
                canonical = value(Attributes.HREF);
            }
        } else if (name == Elements.META) {
            meta();
        } else if (name == Elements.FORM) {
            resource(Attributes.ACTION);
        } else if (name == Elements.BASE) {
            if (has(Attributes.HREF)) {
                links.base(value(Attributes.HREF));
            }
        } else if (name == Elements.HTML && language.isEmpty()) {
            language = value(has(Attributes.LANG) ? Attributes.LANG : Attributes.XML_LANG);
        }
    }

    private void meta() {
        if (is(Attributes.HTTP_EQUIV, "content-language") && metaLanguage.isEmpty()) {
            metaLanguage = value(Attributes.CONTENT);
        }
        if (!has(Attributes.NAME)) {
            return;
        }
        if (is(Attributes.NAME, "description")) {
            if (description == null || description.isEmpty()) {
                description = value(Attributes.CONTENT);
            }
        } else if (is(Attributes.NAME, "viewport")) {
            hasViewport = true;
        } else if (is(Attributes.NAME, "robots")) {
            String content = value(Attributes.CONTENT).toLowerCase(Locale.ROOT);
            noindex |= content.contains("noindex") || content.equals("none");
        } else if (is(Attributes.NAME, "generator") && has(Attributes.CONTENT)) {
            platforms.generator(
                    scanner.source(), begin(Attributes.CONTENT), end(Attributes.CONTENT));
        }
    }

    private void resource(int attribute) {
        if (has(attribute)) {
            platforms.resource(scanner.source(), begin(attribute), end(attribute));
        }
    }

    private boolean isHidden() {
        return has(Attributes.HIDDEN)
                || has(Attributes.STYLE)
                        && InlineStyle.hides(
                                scanner.source(), begin(Attributes.STYLE), end(Attributes.STYLE));
    }

    private boolean has(int attribute) {
        return scanner.attributes().has(attribute);
    }

    private int begin(int attribute) {
        return scanner.attributes().begin(attribute);
    }

    private int end(int attribute) {
        return scanner.attributes().end(attribute);
    }

    /// Whether an attribute is this word, given in small letters.
    private boolean is(int attribute, String word) {
        if (!has(attribute)) {
            return false;
        }
        char[] source = scanner.source();
        int begin = begin(attribute);
        int end = end(attribute);
        while (begin < end && HtmlScanner.isSpace(source[begin])) {
            begin++;
        }
        while (end > begin && HtmlScanner.isSpace(source[end - 1])) {
            end--;
        }
        if (end - begin != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = source[begin + i];
            char lower = c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
            if (lower != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasToken(int attribute, String word) {
        return is(attribute, word)
                || has(attribute)
                        && Arrays.asList(value(attribute).toLowerCase(Locale.ROOT).split(" "))
                                .contains(word);
    }

    private String value(int attribute) {
        return has(attribute) ? folded(begin(attribute), end(attribute), true) : "";
    }

    private String folded(int begin, int end, boolean attribute) {
        int to = Math.min(end, begin + MAX_VALUE);
        value.begin(to - begin);
        value.escaped(scanner.source(), begin, to, attribute);
        return value.text();
    }
}
