package io.jarvix.scoring;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Counts a page's links by where they lead, without making a URL of each. A host with and without
/// `www.` is one. Links within the page and links that are not http(s) are not counted. Not for use
/// by two threads at once.
final class Links {

    private static final int MAX_URL = 8_192;
    private static final String WWW = "www.";

    private final String ownHost;
    private String base;
    private boolean relativeIsInternal = true;
    private boolean hasBase;
    private int internal;
    private int external;

    /// @param url where the page is from
    Links(String url) {
        char[] chars = url.toCharArray();
        this.base = url;
        this.ownHost = hostOf(chars, 0, chars.length);
    }

    int internal() {
        return internal;
    }

    int external() {
        return external;
    }

    /// The page's `base` element; the first counts.
    void base(String href) {
        if (!hasBase) {
            hasBase = true;
            @Nullable String resolved = resolve(href);
            if (resolved != null) {
                base = resolved;
                char[] chars = resolved.toCharArray();
                relativeIsInternal = hostOf(chars, 0, chars.length).equals(ownHost);
            }
        }
    }

    /// A link as it stands in the source.
    void count(char[] source, int begin, int end) {
        int from = begin;
        while (from < end && source[from] <= ' ') {
            from++;
        }
        if (from == end || source[from] == '#') {
            return;
        }
        int colon = schemeEnd(source, from, end);
        if (colon < 0) {
            boolean hasHost = from + 1 < end && isSlash(source[from]) && isSlash(source[from + 1]);
            add(hasHost ? isOwnHost(source, from + 2, end) : relativeIsInternal);
        } else if (isHttp(source, from, colon)) {
            int host = colon + 1;
            while (host < end && isSlash(source[host])) {
                host++;
            }
            add(isOwnHost(source, host, end));
        }
    }

    /// An http(s) URL, absolute; null where it is none.
    @Nullable String resolve(@Nullable String href) {
        if (href == null || href.isBlank() || href.length() > MAX_URL) {
            return null;
        }
        try {
            URI resolved = new URI(base).resolve(new URI(href.strip().replace(" ", "%20")));
            @Nullable String scheme = resolved.getScheme();
            boolean web =
                    scheme != null
                            && (scheme.equalsIgnoreCase("http")
                                    || scheme.equalsIgnoreCase("https"));
            return web && resolved.getHost() != null ? resolved.toString() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private void add(boolean isInternal) {
        if (isInternal) {
            internal++;
        } else {
            external++;
        }
    }

    private boolean isOwnHost(char[] source, int begin, int end) {
        Host host = Host.of(source, begin, end);
        return host.isAscii(source) ? host.is(source, ownHost) : host.text(source).equals(ownHost);
    }

    private static String hostOf(char[] url, int begin, int end) {
        int colon = schemeEnd(url, begin, end);
        int host = colon + 1;
        while (host < end && isSlash(url[host])) {
            host++;
        }
        return colon < 0 ? "" : Host.of(url, host, end).text(url);
    }

    /// Where the host of an authority stands in a source: without user and port.
    private record Host(int begin, int end) {

        /// Of an authority that begins at `begin`.
        static Host of(char[] source, int begin, int end) {
            int from = begin;
            int to = begin;
            int most = Math.min(end, begin + MAX_URL);
            while (to < most && source[to] != '?' && source[to] != '#' && !isSlash(source[to])) {
                if (source[to] == '@') {
                    from = to + 1;
                }
                to++;
            }
            int port = to;
            while (port > from && source[port - 1] >= '0' && source[port - 1] <= '9') {
                port--;
            }
            boolean hasPort = port > from && port < to && source[port - 1] == ':';
            return new Host(from, hasPort ? port - 1 : to);
        }

        /// In lower case, without a leading `www.`.
        String text(char[] source) {
            String text = new String(source, begin, end - begin).strip().toLowerCase(Locale.ROOT);
            return text.startsWith(WWW) ? text.substring(WWW.length()) : text;
        }

        /// Whether it has visible ASCII only: most do, and need no text made of them to be
        /// compared.
        boolean isAscii(char[] source) {
            for (int i = begin; i < end; i++) {
                if (source[i] <= ' ' || source[i] > '~') {
                    return false;
                }
            }
            return true;
        }

        /// The same as comparing [#text], where it is ASCII.
        ///
        /// @param other in lower case, without a leading `www.`
        boolean is(char[] source, String other) {
            int from =
                    Markup.startsWithFolded(source, begin, end, WWW) ? begin + WWW.length() : begin;
            return end - from == other.length()
                    && Markup.startsWithFolded(source, from, end, other);
        }
    }

    /// The index of the colon behind a scheme, or -1 where there is none.
    private static int schemeEnd(char[] source, int begin, int end) {
        int i = begin;
        while (i < end
                && (Markup.isLetter(source[i])
                        || i > begin
                                && (source[i] >= '0' && source[i] <= '9'
                                        || source[i] == '+'
                                        || source[i] == '-'
                                        || source[i] == '.'))) {
            i++;
        }
        return i > begin && i < end && source[i] == ':' ? i : -1;
    }

    private static boolean isHttp(char[] source, int begin, int colon) {
        return colon - begin == 4 && Markup.startsWithFolded(source, begin, colon, "http")
                || colon - begin == 5 && Markup.startsWithFolded(source, begin, colon, "https");
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }
}
