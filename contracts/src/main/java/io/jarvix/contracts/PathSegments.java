package io.jarvix.contracts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/// The segments of a URL's path (WHATWG URL Standard, section 4.4, "path state"). Pure.
final class PathSegments {

    private static final String EMPTY = "jarvix-empty-segment";

    private PathSegments() {}

    /// Resolves `.` and `..`, however their dots are written. A path never leaves its origin: `..`
    /// at the root is the root.
    ///
    /// @param path begins with `/`
    static String withoutDots(String path) {
        String[] segments = path.split("/", -1);
        Deque<String> kept = new ArrayDeque<>();
        for (int i = 1; i < segments.length; i++) {
            String dots = segments[i].toLowerCase(Locale.ROOT).replace("%2e", ".");
            boolean last = i == segments.length - 1;
            switch (dots) {
                case "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(segments[i]);
            }
            if (last && (dots.equals(".") || dots.equals(".."))) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /// Gives each empty segment a name, so that whoever drops empty segments keeps these: `/a//b`
    /// is another resource than `/a/b`.
    static String withNamedEmpties(String path) {
        String named = path;
        while (named.contains("//")) {
            named = named.replace("//", "/" + EMPTY + "/");
        }
        return named;
    }

    /// Undoes [#withNamedEmpties].
    static String withEmpties(String named) {
        return named.replace("/" + EMPTY, "/");
    }
}
