package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import crawlercommons.filters.basic.BasicURLNormalizer;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
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

    private static final int MAX_PASSES = 8;
    private static final String ANY_ORIGIN = "http://any.invalid";

    private static final BasicURLNormalizer NORMALIZER =
            BasicURLNormalizer.newBuilder()
                    .idnNormalization(BasicURLNormalizer.IdnNormalization.PUNYCODE)
                    .build();

    public CanonicalUrl {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(urlId, "urlId");
    }

    /// Reads one URL as a person writes it: as the WHATWG URL Standard reads it without a base,
    /// with percent-encodings of unreserved characters undone (RFC 3986, section 6.2.2.2).
    public static ParsedUrl parse(String text) {
        if (text.length() > 2 * MAX_LENGTH) {
            return tooLong();
        }
        // White space of all scripts, then all up to U+0020 (WHATWG URL Standard, section 4.4).
        String stripped = withoutTabsAndNewlines(text.strip().trim());
        if (stripped.isEmpty()) {
            return new Invalid("The line is empty.");
        }
        String scheme = schemeOf(stripped);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Invalid(
                    scheme.isEmpty()
                            ? "The URL has no scheme: write http:// or https:// before it."
                            : "The scheme " + scheme + " is not http or https.");
        }
        int begin = afterSlashes(stripped, scheme.length() + 1);
        int end = endOfAuthority(stripped, begin);
        String authority = stripped.substring(begin, end);
        if (authority.indexOf('@') >= 0) {
            return new Invalid("The URL carries credentials, which JARVIX refuses.");
        }
        Optional<String> canonical = canonicalAuthority(scheme, authority);
        if (canonical.isEmpty()) {
            return new Invalid("The URL has no valid host.");
        }
        return normalized(scheme + "://" + canonical.get(), tail(stripped.substring(end)));
    }

    /// Runs the normaliser on path and query until it changes nothing more, since one pass can
    /// uncover what the next one normalises (an encoded percent sign, an encoded dot segment).
    private static ParsedUrl normalized(String origin, String tail) {
        String current = PathSegments.withNamedEmpties(pathOf(tail)) + queryOf(tail);
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            @Nullable String next = onePass(current);
            if (next == null) {
                return new Invalid("It is not a valid URL.");
            }
            if (next.equals(current)) {
                break;
            }
            current = next;
        }
        String url =
                origin
                        + PathSegments.withEmpties(pathOf(current))
                        + queryOf(current).replace("'", "%27");
        return url.length() > MAX_LENGTH ? tooLong() : ofNormalized(url);
    }

    /// What the normaliser would do beyond percent-encodings is kept from it: it moves the `x` of
    /// `/../..x` into the host, so dot segments are resolved before; and it sorts parameters, which
    /// makes another request and other robots.txt rules of it, so it sees one at a time.
    private static @Nullable String onePass(String tail) {
        @Nullable String path = filtered(PathSegments.withoutDots(pathOf(tail)));
        String query = queryOf(tail);
        if (path == null || query.length() < 2) {
            return path;
        }
        StringJoiner parameters = new StringJoiner("&", "?", "");
        for (String parameter : query.substring(1).split("&", -1)) {
            @Nullable String one = parameter.isEmpty() ? "/?" : filtered("/?" + parameter);
            if (one == null) {
                return null;
            }
            parameters.add(queryOf(one).isEmpty() ? "" : queryOf(one).substring(1));
        }
        return path + parameters;
    }

    private static @Nullable String filtered(String tail) {
        @Nullable String next = NORMALIZER.filter(ANY_ORIGIN + tail);
        return next == null || !next.startsWith(ANY_ORIGIN + "/")
                ? null
                : next.substring(ANY_ORIGIN.length());
    }

    private static String pathOf(String tail) {
        int query = tail.indexOf('?');
        return query < 0 ? tail : tail.substring(0, query);
    }

    /// With its `?`; empty where there is none.
    private static String queryOf(String tail) {
        int query = tail.indexOf('?');
        return query < 0 ? "" : tail.substring(query);
    }

    private static Invalid tooLong() {
        return new Invalid("The URL is longer than " + MAX_LENGTH + " characters.");
    }

    private static Optional<String> canonicalAuthority(String scheme, String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        Optional<String> host =
                HostName.canonical(hasPort ? authority.substring(0, colon) : authority);
        if (!hasPort || host.isEmpty()) {
            return host;
        }
        String port = authority.substring(colon + 1);
        if (port.isEmpty()) {
            return host;
        }
        if (!port.matches("[0-9]{1,100}") || new BigInteger(port).bitLength() > 16) {
            return Optional.empty();
        }
        int number = Integer.parseInt(new BigInteger(port).toString());
        boolean usual = number == (scheme.equals("http") ? 80 : 443);
        return usual ? host : host.map(name -> name + ":" + number);
    }

    /// Path and query as the normaliser reads them: no fragment, `\` of the path as `/`, and spaces
    /// encoded, since it would cut those at an end.
    private static String tail(String text) {
        int fragment = text.indexOf('#');
        String whole = (fragment < 0 ? text : text.substring(0, fragment)).replace(" ", "%20");
        String path = pathOf(whole).replace('\\', '/');
        return (path.isEmpty() ? "/" : path) + queryOf(whole);
    }

    private static String withoutTabsAndNewlines(String text) {
        return text.replace("\t", "").replace("\n", "").replace("\r", "");
    }

    private static int afterSlashes(String text, int from) {
        int begin = from;
        while (begin < text.length() && (text.charAt(begin) == '/' || text.charAt(begin) == '\\')) {
            begin++;
        }
        return begin;
    }

    /// The first character that ends an authority (WHATWG URL Standard, section 4.4).
    private static int endOfAuthority(String text, int begin) {
        int end = begin;
        while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
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

    /// What stands before the first colon, where that can be a scheme (RFC 3986, section 3.1).
    private static String schemeOf(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            return "";
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean web = scheme.equals("http") || scheme.equals("https");
        return web
                        || text.startsWith("://", colon)
                        || scheme.matches("mailto|javascript|data|tel|about|blob|urn")
                ? scheme
                : "";
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
