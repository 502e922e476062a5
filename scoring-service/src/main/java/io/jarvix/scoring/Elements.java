package io.jarvix.scoring;

import java.util.HashMap;
import java.util.Map;

/// What the scanner must know of HTML's elements: where text is not text, where a block begins, and
/// which tags end which elements (WHATWG HTML Standard, sections 13.1.2 and 13.2.4.2).
final class Elements {

    /// Has no content and no end tag.
    static final int VOID = 1;

    /// Stands apart from the text around it.
    static final int BLOCK = 1 << 1;

    /// "Special" in the standard: an end tag of another name does not look beyond it.
    static final int SPECIAL = 1 << 2;

    /// Its start tag ends an open `p`.
    static final int CLOSES_P = 1 << 3;

    /// Its end tag takes it away from under the elements that are still open in it.
    static final int FORMATTING = 1 << 4;

    static final int HEADING = 1 << 5;

    /// End tags do not reach out of it.
    static final int SCOPE = 1 << 6;

    /// Its content is elements, but none that a reader sees as text.
    static final int UNSEEN = 1 << 7;

    /// Its content is text without tags and references.
    static final int RAW_TEXT = 1 << 8;

    /// Its content is text without tags.
    static final int ESCAPABLE_TEXT = 1 << 9;

    /// Is nothing outside a table.
    static final int TABLE_PART = 1 << 10;

    /// Opened and ended by the document itself, whatever its tags say.
    static final int DOCUMENT = 1 << 11;

    /// Its start tag ends an open `svg`.
    static final int BREAKS_OUT = 1 << 12;

    /// Text in it is seen, though it is raw or escapable.
    static final int SEEN_TEXT = 1 << 13;

    static final long A = Names.of("a");
    static final long AREA = Names.of("area");
    static final long BASE = Names.of("base");
    static final long BR = Names.of("br");
    static final long BUTTON = Names.of("button");
    static final long CAPTION = Names.of("caption");
    static final long DD = Names.of("dd");
    static final long DIV = Names.of("div");
    static final long ADDRESS = Names.of("address");
    static final long DOCTYPE = Names.of("doctype");
    static final long DT = Names.of("dt");
    static final long FOREIGN_OBJECT = Names.of("foreignobject");
    static final long FORM = Names.of("form");
    static final long H1 = Names.of("h1");
    static final long HTML = Names.of("html");
    static final long IMG = Names.of("img");
    static final long INPUT = Names.of("input");
    static final long LI = Names.of("li");
    static final long LINK = Names.of("link");
    static final long META = Names.of("meta");
    static final long OL = Names.of("ol");
    static final long OPTGROUP = Names.of("optgroup");
    static final long OPTION = Names.of("option");
    static final long P = Names.of("p");
    static final long PLAINTEXT = Names.of("plaintext");
    static final long SCRIPT = Names.of("script");
    static final long SVG = Names.of("svg");
    static final long TABLE = Names.of("table");
    static final long TBODY = Names.of("tbody");
    static final long TD = Names.of("td");
    static final long TEMPLATE = Names.of("template");
    static final long TFOOT = Names.of("tfoot");
    static final long TH = Names.of("th");
    static final long THEAD = Names.of("thead");
    static final long TITLE = Names.of("title");
    static final long TR = Names.of("tr");
    static final long UL = Names.of("ul");

    private static final Names.Table FLAGS = new Names.Table(flagsByName());

    private Elements() {}

    /// The flags of an element; 0 for one that is not known.
    static int flags(long name) {
        return Math.max(0, FLAGS.get(name));
    }

    private static Map<String, Integer> flagsByName() {
        Map<String, Integer> flags = new HashMap<>();
        add(flags, VOID, "area base basefont bgsound br col embed frame hr img input keygen link");
        add(flags, VOID, "meta param source track wbr");
        add(
                flags,
                BLOCK | SPECIAL | CLOSES_P,
                "address article aside blockquote center details dir div dl fieldset figcaption figure footer"
                        + " form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre"
                        + " search section summary table ul xmp dd dt");
        add(flags, BLOCK | CLOSES_P, "dialog");
        add(flags, BLOCK | SPECIAL, "caption col colgroup tbody td tfoot th thead tr");
        add(flags, BLOCK | SPECIAL, "button select textarea iframe marquee object applet");
        add(flags, BLOCK, "option optgroup legend video audio canvas");
        add(
                flags,
                SPECIAL,
                "area base basefont bgsound br embed frame frameset img input keygen link meta noembed"
                        + " noframes noscript param script source style template title track wbr");
        add(flags, FORMATTING, "a b big code em font i nobr s small strike strong tt u");
        add(flags, HEADING, "h1 h2 h3 h4 h5 h6");
        add(flags, SCOPE, "applet caption table td th marquee object template foreignobject");
        add(flags, UNSEEN, "template svg");
        add(flags, RAW_TEXT, "iframe noembed noframes noscript script style xmp");
        add(flags, ESCAPABLE_TEXT, "textarea title");
        add(flags, SEEN_TEXT, "textarea xmp");
        add(flags, TABLE_PART, "caption col colgroup tbody td tfoot th thead tr");
        add(flags, DOCUMENT, "html head body frameset");
        add(
                flags,
                BREAKS_OUT,
                "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
                        + " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u"
                        + " ul var");
        return flags;
    }

    private static void add(Map<String, Integer> flags, int flag, String names) {
        for (String name : names.split(" ")) {
            flags.merge(name, flag, (one, other) -> one | other);
        }
    }
}
