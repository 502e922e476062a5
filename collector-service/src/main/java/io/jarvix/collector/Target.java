package io.jarvix.collector;

import io.jarvix.contracts.CanonicalUrl;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one request asks for: the parts of a canonical URL.
///
/// @param host lower case; of an IPv6 literal without its brackets
/// @param path from its first `/`, with the query
record Target(String url, boolean tls, String host, int port, String path) {

    static Target of(CanonicalUrl url) {
        return of(url.url());
    }

    /// @param canonical as [CanonicalUrl#url]
    static Target of(String canonical) {
        URI uri = URI.create(canonical);
        boolean tls = uri.getScheme().equals("https");
        @Nullable String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("no host: " + canonical);
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        @Nullable String path = uri.getRawPath();
        @Nullable String query = uri.getRawQuery();
        String asked = path == null || path.isEmpty() ? "/" : path;
        return new Target(
                canonical,
                tls,
                bare.toLowerCase(Locale.ROOT),
                uri.getPort() < 0 ? (tls ? 443 : 80) : uri.getPort(),
                query == null ? asked : asked + "?" + query);
    }

    /// The path without the query.
    String pathOnly() {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    /// Scheme, host and port: what a robots.txt is for.
    String origin() {
        return (tls ? "https://" : "http://") + authority();
    }

    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    Target robotsTxt() {
        return new Target(origin() + "/robots.txt", tls, host, port, "/robots.txt");
    }
}
