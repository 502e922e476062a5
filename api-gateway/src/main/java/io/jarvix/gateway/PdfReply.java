package io.jarvix.gateway;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PDF over HTTP: an entity tag, and one byte range (RFC 9110, section 14). Several ranges are
/// answered whole, as the RFC allows.
final class PdfReply {

    private static final String PDF = "application/pdf";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private PdfReply() {}

    static Response of(
            byte[] pdf, String sha256, String fileName, Request request, HttpHeaders headers) {
        EntityTag tag = new EntityTag(sha256);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.tag(tag).build();
        }
        Matcher matcher = RANGE.matcher(range(headers, tag));
        Response.ResponseBuilder reply =
                matcher.matches() && matcher.end(1) + matcher.group(2).length() > matcher.start(1)
                        ? part(pdf, matcher.group(1), matcher.group(2))
                        : Response.ok(pdf, PDF);
        return reply.tag(tag)
                .header("Accept-Ranges", "bytes")
                .header("Content-Disposition", "inline; filename=\"" + fileName + "\"")
                .build();
    }

    /// The range that is asked for; empty where all is, or where the part would be of another PDF
    /// (If-Range, RFC 9110, section 13.1.5).
    private static String range(HttpHeaders headers, EntityTag tag) {
        String range = headers.getHeaderString("Range");
        String condition = headers.getHeaderString("If-Range");
        boolean ours = condition == null || condition.strip().equals("\"" + tag.getValue() + "\"");
        return range == null || !ours ? "" : range.strip();
    }

    private static Response.ResponseBuilder part(byte[] pdf, String first, String last) {
        long from = first.isEmpty() ? Math.max(0, pdf.length - number(last)) : number(first);
        long to =
                first.isEmpty() || last.isEmpty()
                        ? pdf.length - 1
                        : Math.min(number(last), pdf.length - 1);
        if (from > to || from >= pdf.length) {
            Problem problem =
                    new Problem(
                            416,
                            "range-not-satisfiable",
                            "There is no such part",
                            "The PDF has " + pdf.length + " bytes: ask for a range within them.");
            return Response.status(416)
                    .type(Problem.MEDIA_TYPE)
                    .entity(problem.body())
                    .header("Content-Range", "bytes */" + pdf.length);
        }
        return Response.status(206)
                .type(PDF)
                .entity(Arrays.copyOfRange(pdf, (int) from, (int) to + 1))
                .header("Content-Range", "bytes " + from + "-" + to + "/" + pdf.length);
    }

    private static long number(String digits) {
        return digits.length() > 12 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
