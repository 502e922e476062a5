package io.jarvix.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a document's tags say by themselves, apart from its text: metadata, links, images, and the
/// addresses by which platforms are known. Not for use by two threads at once.
final class TagFacts {

    /// Characters of a title or an attribute that are read; what is longer is no longer for people.
    private static final int MAX_VALUE = 10_000;

    private final Platforms platforms;
    private final BitSet foundPlatforms = new BitSet();
    private final TextSink value = new TextSink();

    private char[] source = new char[0];
    private Attributes attributes = new Attributes();
    private Links links = new Links("");
    private @Nullable String description;
    private @Nullable String canonical;
    private String language = "";
    private String metaLanguage = "";
    private int images;
    private int imagesWithoutText;
    private boolean hasViewport;
    private boolean noindex;

    TagFacts(Platforms platforms) {
        this.platforms = platforms;
    }

    /// Begins a document.
    ///
    /// @param chars its source
    /// @param tag the attributes of the tag that was read last, whenever [#collect] is called
    /// @param url where it is from
    void begin(char[] chars, Attributes tag, String url) {
        source = chars;
        attributes = tag;
        foundPlatforms.clear();
        links = new Links(url);
        description = null;
        canonical = null;
        language = "";
        metaLanguage = "";
        images = 0;
        imagesWithoutText = 0;
        hasViewport = false;
        noindex = false;
    }

    String description() {
        return description == null ? "" : description;
    }

    /// As declared, empty where it is not.
    String language() {
        return language.isEmpty() ? metaLanguage : language;
    }

    @Nullable String canonicalUrl() {
        return links.resolve(canonical);
    }

    Links links() {
        return links;
    }

    int images() {
        return images;
    }

    int imagesWithoutText() {
        return imagesWithoutText;
    }

    boolean hasViewport() {
        return hasViewport;
    }

    boolean isNoindex() {
        return noindex;
    }

    List<String> platforms() {
        return platforms.names(foundPlatforms);
    }

    /// A start tag.
    void collect(long name) {
        if (name == Elements.A || name == Elements.AREA) {
            if (attributes.has(Attributes.HREF)) {
                links.count(
                        source, attributes.begin(Attributes.HREF), attributes.end(Attributes.HREF));
            }
        } else if (name == Elements.IMG) {
            images++;
            imagesWithoutText += attributes.has(Attributes.ALT) ? 0 : 1;
            resource(Attributes.SRC);
        } else if (name == Elements.SCRIPT) {
            resource(Attributes.SRC);
            resource(Attributes.TYPE);
        } else if (name == Elements.LINK) {
            link();
        } else if (name == Elements.META) {
            meta();
        } else if (name == Elements.FORM) {
            resource(Attributes.ACTION);
        } else if (name == Elements.BASE) {
            if (attributes.has(Attributes.HREF)) {
                links.base(value(Attributes.HREF));
            }
        } else if (name == Elements.HTML && language.isEmpty()) {
            language =
                    value(attributes.has(Attributes.LANG) ? Attributes.LANG : Attributes.XML_LANG);
        }
    }

    /// A piece of the source as a person reads it: references read, white space folded.
    ///
    /// @param attribute whether it is an attribute's value
    String folded(int begin, int end, boolean attribute) {
        int to = Math.min(end, begin + MAX_VALUE);
        if (to < end && Character.isHighSurrogate(source[to - 1])) {
            to--;
        }
        value.begin(to - begin);
        value.escaped(source, begin, to, attribute);
        return value.text();
    }

    private void link() {
        resource(Attributes.HREF);
        if (canonical == null && hasToken(Attributes.REL, "canonical")) {
            canonical = value(Attributes.HREF);
        }
    }

    private void meta() {
        if (attributes.is(Attributes.HTTP_EQUIV, "content-language") && metaLanguage.isEmpty()) {
            metaLanguage = value(Attributes.CONTENT);
        }
        if (!attributes.has(Attributes.NAME)) {
            return;
        }
        if (attributes.is(Attributes.NAME, "description")) {
            if (description().isEmpty()) {
                description = value(Attributes.CONTENT);
            }
        } else if (attributes.is(Attributes.NAME, "viewport")) {
            hasViewport = true;
        } else if (attributes.is(Attributes.NAME, "robots")) {
            String content = value(Attributes.CONTENT).toLowerCase(Locale.ROOT);
            noindex |= content.contains("noindex") || content.equals("none");
        } else if (attributes.is(Attributes.NAME, "generator")) {
            if (attributes.has(Attributes.CONTENT)) {
                platforms.generator(
                        source,
                        attributes.begin(Attributes.CONTENT),
                        attributes.end(Attributes.CONTENT),
                        foundPlatforms);
            }
        }
    }

    private void resource(int attribute) {
        if (attributes.has(attribute)) {
            platforms.resource(
                    source, attributes.begin(attribute), attributes.end(attribute), foundPlatforms);
        }
    }

    private boolean hasToken(int attribute, String word) {
        return attributes.is(attribute, word)
                || attributes.has(attribute)
                        && Arrays.asList(value(attribute).toLowerCase(Locale.ROOT).split(" "))
                                .contains(word);
    }

    private String value(int attribute) {
        return attributes.has(attribute)
                ? folded(attributes.begin(attribute), attributes.end(attribute), true)
                : "";
    }
}
