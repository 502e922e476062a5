package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a body is, by its content type and its first bytes.
///
/// @param mediaType type and subtype in lower case
record Content(String mediaType, Kind kind) {

    /// How a body is read.
    enum Kind {
        /// HTML, also as XHTML.
        PAGE,
        /// XML that is no page: feeds, sitemaps.
        XML,
        /// Text without markup: plain text, JSON, CSV, scripts.
        TEXT,
        /// Nothing that is text: images, PDF, archives.
        BINARY
    }

    private static final int SNIFFED = 1024;

    static Content of(@Nullable String contentType, byte[] body) {
        String declared = essence(contentType);
        String head = new String(body, 0, Math.min(body.length, SNIFFED), ISO_8859_1);
        String signature = signature(head);
        if (!signature.isEmpty()) {
            return new Content(signature, Kind.BINARY);
        }
        return switch (declared) {
            case "text/html", "application/xhtml+xml" -> new Content(declared, Kind.PAGE);
            case "", "application/octet-stream", "unknown/unknown", "*/*" -> sniffed(head);
            default -> new Content(declared, kindOf(declared));
        };
    }

    /// The media type without its parameters, in lower case; empty where it is not one.
    static String essence(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        String essence =
                (end < 0 ? contentType : contentType.substring(0, end))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        boolean valid =
                essence.indexOf('/') > 0
                        && essence.length() <= 127
                        && essence.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return valid ? essence : "";
    }

    private static Kind kindOf(String mediaType) {
        if (mediaType.endsWith("/xml") || mediaType.endsWith("+xml")) {
            return mediaType.startsWith("image/") ? Kind.BINARY : Kind.XML;
        }
        if (mediaType.startsWith("text/")
                || mediaType.endsWith("+json")
                || mediaType.endsWith("/json")
                || mediaType.endsWith("javascript")
                || mediaType.endsWith("yaml")) {
            return Kind.TEXT;
        }
        return Kind.BINARY;
    }

    /// The signatures of the MIME Sniffing Standard that occur on the web; they outweigh the
    /// header, since no text begins so.
    private static String signature(String head) {
        if (head.startsWith("%PDF-")) {
            return "application/pdf";
        } else if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return "image/png";
        } else if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return "image/gif";
        } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        } else if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return "image/webp";
        } else if (head.startsWith("PK\u0003\u0004")) {
            return "application/zip";
        } else if (head.startsWith("\u001f\u008b\u0008")) {
            return "application/gzip";
        } else if (head.startsWith("ftyp", 4)) {
            return "video/mp4";
        }
        return "";
    }

    private static Content sniffed(String head) {
        String start = head.stripLeading();
        if (start.startsWith("\u00ef\u00bb\u00bf")) {
            start = start.substring(3).stripLeading();
        }
        boolean utf16 = start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff");
        if (start.startsWith("<?xml")) {
            return start.contains("<html")
                    ? new Content("application/xhtml+xml", Kind.PAGE)
                    : new Content("application/xml", Kind.XML);
        }
        if (start.startsWith("<")) {
            return new Content("text/html", Kind.PAGE);
        }
        boolean binary = !utf16 && head.chars().anyMatch(Content::isBinary);
        return binary
                ? new Content("application/octet-stream", Kind.BINARY)
                : new Content("text/plain", Kind.TEXT);
    }

    /// A binary data byte of the MIME Sniffing Standard.
    private static boolean isBinary(int c) {
        return c <= 0x08 || c == 0x0b || c >= 0x0e && c <= 0x1a || c >= 0x1c && c <= 0x1f;
    }
}
