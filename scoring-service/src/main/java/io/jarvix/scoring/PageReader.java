package io.jarvix.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a document once and says what it contains. Not for use by two threads at once.
///
/// A reader sees the labels of buttons, also of `input` buttons, but neither scripts, styles,
/// templates, `noscript`, frames and drawings, nor what has the attribute `hidden` or an inline
/// style `display:none`, nor the title, which is kept apart. These two on `body` and `html` are not
/// looked at: pages hide themselves so until their script has run.
final class PageReader {

    private final HtmlScanner scanner = new HtmlScanner();
    private final OpenElements open = new OpenElements();
    private final TextSink text = new TextSink();
    private final TagFacts facts;
    private final JsonLd jsonLd = new JsonLd();
    private final MainHeadings mainHeadings = new MainHeadings();

    private @Nullable String title;
    private int headings;
    private boolean plain;

    PageReader(Platforms platforms) {
        this.facts = new TagFacts(platforms);
    }

    /// Steps that the last page took beyond one look at each character.
    long effort() {
        return open.effort();
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
        open.begin(length);
        text.begin(length);
        facts.begin(chars, scanner.attributes(), url);
        jsonLd.begin();
        mainHeadings.clear();
        title = null;
        headings = 0;
        plain = isPlain;
    }

    private Page page() {
        mainHeadings.end(0, text.length());
        VisibleText visible = new VisibleText(text.chars(), text.length());
        return new Page(
                title == null ? "" : title,
                facts.description(),
                facts.language(),
                facts.canonicalUrl(),
                visible,
                headings,
                mainHeadings.places(),
                facts.links().internal(),
                facts.links().external(),
                facts.images(),
                facts.imagesWithoutText(),
                facts.hasViewport(),
                facts.isNoindex(),
                plain ? List.of() : facts.platforms(),
                jsonLd.types(),
                Prices.find(visible, jsonLd.prices()),
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
            facts.collect(name);
        }
        if ((flags & Elements.DOCUMENT) != 0
                || (flags & Elements.TABLE_PART) != 0 && !open.isInTable()) {
            return;
        }
        open.endBefore(name, flags, !scanner.hasDoctype());
        afterEnds();
        boolean hidden = (flags & Elements.UNSEEN) != 0 || scanner.attributes().hide();
        boolean seen = open.isSeen() && !hidden;
        if (seen && (flags & Elements.BLOCK) != 0) {
            text.boundary();
        }
        if ((flags & Elements.VOID) != 0) {
            if (seen) {
                voidElement(name);
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
        mainHeadings.end(open.depth(), text.length());
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

    /// A line break, or a button whose label is an attribute.
    private void voidElement(long name) {
        if (name == Elements.BR) {
            text.space();
        } else if (name == Elements.INPUT) {
            Attributes tag = scanner.attributes();
            if (tag.areOfALabelledButton()) {
                text.boundary();
                text.escaped(
                        scanner.source(),
                        tag.begin(Attributes.VALUE),
                        tag.end(Attributes.VALUE),
                        true);
                text.boundary();
            }
        }
    }

    private void heading(long name) {
        headings++;
        if (name == Elements.H1) {
            mainHeadings.begin(open.depth(), text.next());
        }
    }

    /// An element whose content is text without tags.
    private void content(long name, int flags, boolean seen) {
        boolean data =
                name == Elements.SCRIPT && scanner.attributes().isMediaType("application/ld+json");
        scanner.readContent(name);
        int begin = scanner.tokenBegin();
        int end = scanner.tokenEnd();
        if (data && !open.isInTemplate()) {
            jsonLd.read(scanner.source(), begin, end);
        } else if (name == Elements.TITLE && title == null && !open.isInTemplate()) {
            title = facts.folded(begin, end, false);
        } else if (seen && (flags & Elements.SEEN_TEXT) != 0) {
            if ((flags & Elements.ESCAPABLE_TEXT) != 0) {
                text.escaped(scanner.source(), begin, end, false);
            } else {
                text.raw(scanner.source(), begin, end);
            }
            text.boundary();
        }
    }
}
