package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import crawlercommons.filters.basic.BasicURLNormalizer;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A normalised http or https URL and its identity. Two spellings of one URL (WHATWG URL Standard,
/// without its fragment) have the same `url` and the same `urlId`, in every run.
///
/// @param url the normalised spelling, ASCII, without fragment
/// @param host the host in lower case, internationalised names in their ASCII form
/// @param urlId the first 128 bits of SHA-256 of `url`, 32 hex digits
public record CanonicalUrl(String url, String host, String urlId) implements ParsedUrl {

    /// Longest URL that is accepted, in characters. Longer ones are refused by most servers (RFC
    /// 9110, section 4.1, asks for 8,000 at least).
    public static final int MAX_LENGTH = 8_192;

    private static final BasicURLNormalizer NORMALIZER =
            BasicURLNormalizer.newBuilder()
                    .idnNormalization(BasicURLNormalizer.IdnNormalization.PUNYCODE)
                    .build();

    public CanonicalUrl {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(urlId, "urlId");
    }

    /// Reads one URL as a person writes it: surrounding white space is ignored.
    public static ParsedUrl parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return new Invalid("The line is empty.");
        }
        if (stripped.length() > MAX_LENGTH) {
            return new Invalid("The URL is longer than " + MAX_LENGTH + " characters.");
        }
        String scheme = schemeOf(stripped);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Invalid(
                    scheme.isEmpty()
                            ? "The URL has no scheme: write http:// or https:// before it."
                            : "The scheme " + scheme + " is not http or https.");
        }
        if (authorityOf(stripped).indexOf('@') >= 0) {
            return new Invalid("The URL carries credentials, which JARVIX refuses.");
        }
        @Nullable String normalized = NORMALIZER.filter(stripped);
        if (normalized == null || normalized.isEmpty()) {
            return new Invalid("It is not a valid URL.");
        }
        return ofNormalized(normalized);
    }

    private static ParsedUrl ofNormalized(String normalized) {
        URI uri;
        try {
            uri = new URI(normalized);
        } catch (URISyntaxException e) {
            return new Invalid("It is not a valid URL: " + e.getReason() + ".");
        }
        @Nullable String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            return new Invalid("The URL has no valid host.");
        }
        return new CanonicalUrl(normalized, host.toLowerCase(Locale.ROOT), idOf(normalized));
    }

    private static String schemeOf(String text) {
        int colon = text.indexOf("://");
        return colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /// What stands between `://` and the first character that ends an authority (WHATWG URL
    /// Standard, section 4.4).
    private static String authorityOf(String text) {
        int begin = text.indexOf("://") + 3;
        int end = begin;
        while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(begin, end);
    }

    private static String idOf(String normalized) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(normalized.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
