package io.jarvix.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole corpus of the WHATWG URL Standard (`whatwg/urltestdata.json`), as far as it is about
/// what a seed list can have: absolute http and https URLs without a base. What JARVIX does
/// otherwise on purpose is said here, as rules or by name:
///
/// - credentials are refused where the corpus keeps them;
/// - a fragment, and a query that is empty, are no part of a page's identity;
/// - percent-encodings have one spelling (RFC 3986, section 6.2.2), which the corpus leaves open.
class WhatwgCorpusTest {

    private static final Pattern PERCENT = Pattern.compile("%([0-9A-Fa-f]{2})?");

    /// Refused where the corpus accepts, with the reason.
    private static final Map<String, String> REFUSED =
            Map.of(
                    "http://./", "an empty label: no name of DNS",
                    "http://../", "an empty label: no name of DNS",
                    "http://foo.09..", "an empty label: no name of DNS",
                    "http://0x7f.0.0.0x7g", "a top label with a digit first: no name of DNS",
                    "http://0X7F.0.0.0X7G", "a top label with a digit first: no name of DNS",
                    "http://!\"$&'()*+,-.;=_`{}~/", "characters that no name of DNS has");

    /// @param href null where the input is to be refused
    private record Case(String input, @Nullable String href) {
        @Override
        public String toString() {
            return input;
        }
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in =
                WhatwgCorpusTest.class.getResourceAsStream("/whatwg/urltestdata.json")) {
            for (JsonNode one : new ObjectMapper().readTree(in)) {
                if (one.isObject() && isWithoutBase(one) && isOfTheWeb(one.get("input").asText())) {
                    cases.add(
                            new Case(
                                    one.get("input").asText(),
                                    one.path("failure").asBoolean()
                                            ? null
                                            : one.get("href").asText()));
                }
            }
        }
        return cases;
    }

    private static boolean isWithoutBase(JsonNode one) {
        JsonNode base = one.path("base");
        return base.isMissingNode() || base.isNull() || base.asText().equals("about:blank");
    }

    private static boolean isOfTheWeb(String input) {
        String text = input.replaceAll("[\\t\\n\\r]", "").replaceAll("^[\\x00-\\x20]+", "");
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("http:") || lower.startsWith("https:");
    }

    private static Stream<Case> supported() throws IOException {
        return cases().stream().filter(one -> !REFUSED.containsKey(one.input()));
    }

    private static String read(String input) {
        return switch (CanonicalUrl.parse(input)) {
            case CanonicalUrl url -> url.url();
            case ParsedUrl.Invalid invalid -> invalid.reason();
        };
    }

    @ParameterizedTest
    @MethodSource("supported")
    void theCorpusHolds(Case one) {
        if (hasCredentials(one)) {
            assertThat(read(one.input()))
                    .isEqualTo("The URL carries credentials, which JARVIX refuses.");
        } else if (one.href() == null) {
            assertThat(CanonicalUrl.parse(one.input())).isInstanceOf(ParsedUrl.Invalid.class);
        } else {
            assertThat(read(one.input())).isEqualTo(identityOf(one.href()));
        }
    }

    @ParameterizedTest
    @MethodSource("supported")
    void whatWasReadIsReadTheSameAgain(Case one) {
        if (CanonicalUrl.parse(one.input()) instanceof CanonicalUrl once) {
            assertThat(CanonicalUrl.parse(once.url())).isEqualTo(once);
        }
    }

    @Test
    void theCorpusIsWhole() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(250);
    }

    /// An exclusion that is not needed any more has to go.
    @Test
    void whatIsLeftOutIsReallyRefused() throws IOException {
        assertThat(cases()).extracting(Case::input).containsAll(REFUSED.keySet());
        assertThat(REFUSED.keySet())
                .allSatisfy(
                        input ->
                                assertThat(CanonicalUrl.parse(input))
                                        .isInstanceOf(ParsedUrl.Invalid.class));
    }

    private static boolean hasCredentials(Case one) {
        String text = one.input().replaceAll("[\\t\\n\\r]", "");
        String afterScheme = text.substring(text.indexOf(':') + 1).replaceFirst("^[/\\\\]+", "");
        return one.href() != null && afterScheme.split("[/\\\\?#]", 2)[0].indexOf('@') >= 0;
    }

    private static String identityOf(String href) {
        String url = href.replaceFirst("#.*$", "").replaceFirst("\\?$", "");
        return PERCENT.matcher(url).replaceAll(found -> respelled(found.group(1)));
    }

    /// RFC 3986, sections 2.3, 2.4 and 6.2.2.1: upper case, none for unreserved characters, and a
    /// percent sign that begins none is itself encoded.
    private static String respelled(String hex) {
        if (hex == null) {
            return "%25";
        }
        char character = (char) Integer.parseInt(hex, 16);
        boolean unreserved =
                character < 0x80
                        && (Character.isLetterOrDigit(character) || "-._~".indexOf(character) >= 0);
        return unreserved ? Objects.toString(character) : "%" + hex.toUpperCase(Locale.ROOT);
    }
}
