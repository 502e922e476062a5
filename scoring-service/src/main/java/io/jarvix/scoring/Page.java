package io.jarvix.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a document says, as it was read; nothing of it is judged yet.
///
/// @param language as declared, empty where it is not
/// @param canonicalUrl resolved; absent where there is none or it is not http(s)
/// @param text the text that a reader sees
/// @param mainHeadings where the text of each h1 stands in `text`: begin, end, begin, end ...
/// @param images images, and how many of them have no alternative text
/// @param hasStructuredData a JSON-LD block, valid or not
/// @param structuredDataBroken a JSON-LD block is not valid JSON
/// @param forSubscribers structured data says that the page is not free to read
record Page(
        String title,
        String description,
        String language,
        @Nullable String canonicalUrl,
        VisibleText text,
        int headings,
        int[] mainHeadings,
        int internalLinks,
        int externalLinks,
        int images,
        int imagesWithoutText,
        boolean hasViewport,
        boolean noindex,
        List<String> platforms,
        List<String> structuredData,
        List<String> prices,
        boolean hasStructuredData,
        boolean structuredDataBroken,
        boolean forSubscribers) {

    /// Content that has no text.
    static final Page EMPTY =
            new Page(
                    "",
                    "",
                    "",
                    null,
                    VisibleText.of(""),
                    0,
                    new int[0],
                    0,
                    0,
                    0,
                    0,
                    false,
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    false,
                    false,
                    false);
}
