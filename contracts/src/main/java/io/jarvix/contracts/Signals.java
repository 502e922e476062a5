package io.jarvix.contracts;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the scorer found in a page.
///
/// @param mediaType what the content is, by header and by its first bytes, such as `text/html`
/// @param charset the charset that the text was read with
/// @param title the title, white space folded, cut at 500 characters; empty where there is none
/// @param description the meta description, cut at 1,000 characters; empty where there is none
/// @param language BCP 47 primary language of the text, such as `en`; empty where it is not known
/// @param canonicalUrl the page's own canonical link, resolved; absent where there is none
/// @param textLength the length of the visible text in characters (code points)
/// @param wordCount words of the visible text
/// @param headings headings h1 to h6
/// @param internalLinks links to the page's own host
/// @param externalLinks links to other hosts
/// @param platforms shop and site systems by documented markers, such as `Shopify`
/// @param structuredData schema.org types found in JSON-LD, such as `Product`
/// @param prices prices as printed, such as `EUR 19.90`; at most 20
/// @param paywall the page says that its text is for subscribers
/// @param softNotFound the page says "not found" with a status of 200
/// @param parked the page is a parked domain's
/// @param contentHash hex SHA-256 of the body: equal for exact duplicates
/// @param simHash 64-bit SimHash of the visible text's words, hex: near duplicates differ in few
///     bits
public record Signals(
        String mediaType,
        String charset,
        String title,
        String description,
        String language,
        @Nullable String canonicalUrl,
        int textLength,
        int wordCount,
        int headings,
        int internalLinks,
        int externalLinks,
        List<String> platforms,
        List<String> structuredData,
        List<String> prices,
        boolean paywall,
        boolean softNotFound,
        boolean parked,
        String contentHash,
        String simHash) {

    public Signals {
        mediaType = Objects.requireNonNullElse(mediaType, "");
        charset = Objects.requireNonNullElse(charset, "");
        title = Objects.requireNonNullElse(title, "");
        description = Objects.requireNonNullElse(description, "");
        language = Objects.requireNonNullElse(language, "");
        platforms = Wire.listOrEmpty(platforms);
        structuredData = Wire.listOrEmpty(structuredData);
        prices = Wire.listOrEmpty(prices);
        contentHash = Objects.requireNonNullElse(contentHash, "");
        simHash = Objects.requireNonNullElse(simHash, "");
    }
}
