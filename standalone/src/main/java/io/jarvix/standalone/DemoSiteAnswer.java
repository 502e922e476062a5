package io.jarvix.standalone;

import java.time.Duration;

/// What the demo site does when it is asked for a path.
sealed interface DemoSiteAnswer {

    /// Status 200 with a file of the host's folder.
    ///
    /// @param file relative to the host's folder, such as `lamps/arc-floor-lamp.html`
    record Page(String file, String contentType) implements DemoSiteAnswer {

        /// The usual content type of the file's extension.
        static Page of(String file) {
            return new Page(file, contentTypeOf(file));
        }

        private static String contentTypeOf(String file) {
            return switch (file.substring(file.lastIndexOf('.') + 1)) {
                case "html" -> "text/html; charset=utf-8";
                case "txt" -> "text/plain; charset=utf-8";
                case "pdf" -> "application/pdf";
                default -> "application/octet-stream";
            };
        }
    }

    /// A status with a one-line page.
    record Status(int code) implements DemoSiteAnswer {}

    /// A redirect to another path of the same host.
    record Redirect(int code, String location) implements DemoSiteAnswer {}

    /// The answer, after a wait in which nothing is sent.
    record Delayed(Duration delay, DemoSiteAnswer answer) implements DemoSiteAnswer {}

    /// The status on the first, third, fifth ... request, the answer on those between: so that each
    /// run sees one failure, also the second run against the same site.
    record EveryOther(int code, DemoSiteAnswer answer) implements DemoSiteAnswer {}

    /// Announces the whole page, sends the first half, and closes the connection.
    record CutOff(Page page) implements DemoSiteAnswer {}
}
