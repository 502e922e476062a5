package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import crawlercommons.utils.URLUtils;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.ParsedUrl;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Optional;

/// Where a redirect leads.
final class Redirects {

    private Redirects() {}

    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /// The canonical URL that a Location means, relative to the URL that answered; empty where it
    /// means none that JARVIX fetches.
    ///
    /// @param location as the client gives it: bytes read as ISO-8859-1, while servers write UTF-8
    static Optional<CanonicalUrl> next(String from, String location) {
        if (location.isBlank() || location.length() > CanonicalUrl.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            String text =
                    new String(
                            location.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8);
            URL resolved =
                    URLUtils.resolve(
                            URI.create(from).toURL(),
                            text.indexOf('\uFFFD') >= 0 ? location : text);
            ParsedUrl parsed = CanonicalUrl.parse(resolved.toString());
            return parsed instanceof CanonicalUrl url ? Optional.of(url) : Optional.empty();
        } catch (MalformedURLException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
