package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.Pure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a redirect leads: a Location is read as browsers read it (WHATWG URL Standard, section
/// 4.4), with spaces, backslashes and letters of all scripts in it.
@Pure
final class Redirects {

    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);

    private Redirects() {}

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /// The canonical URL that a Location means, relative to the URL that answered; empty where it
    /// means none that JARVIX fetches.
    ///
    /// @param from as [CanonicalUrl#url]
    /// @param location as the client gives it: bytes read as ISO-8859-1, while servers write UTF-8
    static Optional<CanonicalUrl> next(String from, String location) {
        if (location.isBlank() || location.length() > CanonicalUrl.MAX_LENGTH) {
            return Optional.empty();
        }
        String text = withoutFragment(withoutControls(decoded(location)));
        String scheme = from.substring(0, from.indexOf(':'));
        Matcher absolute = SCHEME.matcher(text);
        String resolved;
        if (!absolute.matches()) {
            resolved = relative(from, text);
        } else if (!absolute.group(1).toLowerCase(Locale.ROOT).equals(scheme)) {
            resolved = text;
        } else {
            String rest = absolute.group(2);
            resolved = rest.matches("(?s)[/\\\\]{2}.*") ? text : relative(from, rest);
        }
        return CanonicalUrl.parse(resolved) instanceof CanonicalUrl url
                ? Optional.of(url)
                : Optional.empty();
    }

    private static String relative(String from, String reference) {
        int query = reference.indexOf('?');
        String path = query < 0 ? reference : reference.substring(0, query);
        String slashed = path.replace('\\', '/') + (query < 0 ? "" : reference.substring(query));
        int authority = from.indexOf("://") + 3;
        int root = from.indexOf('/', authority);
        String base = from.replaceFirst("\\?.*", "");
        if (slashed.isEmpty()) {
            return from;
        }
        if (slashed.startsWith("//")) {
            return from.substring(0, authority - 2) + slashed;
        }
        if (slashed.startsWith("/")) {
            return from.substring(0, root) + slashed;
        }
        return slashed.startsWith("?")
                ? base + slashed
                : base.substring(0, base.lastIndexOf('/') + 1) + slashed;
    }

    private static String decoded(String location) {
        String text = new String(location.getBytes(ISO_8859_1), UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? location : text;
    }

    /// With the spaces that are left encoded: behind a fragment that is cut they are no end.
    private static String withoutControls(String text) {
        return text.trim().replaceAll("[\\t\\n\\r]", "").replace(" ", "%20");
    }

    private static String withoutFragment(String text) {
        int fragment = text.indexOf('#');
        return fragment < 0 ? text : text.substring(0, fragment);
    }
}
