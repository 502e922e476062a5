package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jarvix.contracts.CanonicalUrl;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A Location is resolved as the WHATWG corpus resolves an input against its base. An empty one is
/// left out: it leads nowhere, and a redirect to oneself is none.
class RedirectsTest {

    /// @param href null where there is none
    private record Case(String location, String base, @Nullable String href) {
        @Override
        public String toString() {
            return location + " at " + base;
        }
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        File corpus = new File("../contracts/src/test/resources/whatwg/urltestdata.json");
        for (JsonNode one : new ObjectMapper().readTree(corpus)) {
            String base = one.path("base").asText("");
            String input = one.path("input").asText();
            if (CanonicalUrl.parse(base) instanceof CanonicalUrl from && !input.isBlank()) {
                @Nullable String href =
                        one.path("failure").asBoolean() ? null : one.path("href").asText();
                cases.add(new Case(input, from.url(), href));
            }
        }
        return cases;
    }

    @Test
    void theCorpusIsWhole() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(150);
    }

    @Test
    void aLocationLongerThanAUrlMayBeLeadsNowhereWhateverItHolds() {
        assertThat(Redirects.next("http://shop.example/", "/a" + " ".repeat(60_000) + "b"))
                .isEmpty();
    }

    @Test
    void aLineSeparatorIsPartOfAPathAndNotItsEnd() {
        assertThat(Redirects.next("http://shop.example/", "https://other.example/a\u2028b"))
                .hasValueSatisfying(
                        url -> assertThat(url.url()).startsWith("https://other.example/a"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCorpusHolds(Case one) {
        String asReceived = new String(one.location().getBytes(UTF_8), ISO_8859_1);

        assertThat(Redirects.next(one.base(), asReceived)).isEqualTo(identityOf(one.href()));
    }

    /// Empty too for what JARVIX does not fetch: other schemes, credentials.
    private static Optional<CanonicalUrl> identityOf(@Nullable String href) {
        return href != null && CanonicalUrl.parse(href) instanceof CanonicalUrl url
                ? Optional.of(url)
                : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a b?c d, http://shop.example/a%20b?c%20d",
        "..\\x, http://shop.example/x",
        "\\\\other.example\\x, http://other.example/x",
        "?page=2, http://shop.example/dir/file?page=2",
        "other, http://shop.example/dir/other",
        "https:other, https://other/",
    })
    void whatServersWriteIsReadAsBrowsersDo(String location, String url) {
        assertThat(Redirects.next("http://shop.example/dir/file?page=1", location))
                .map(CanonicalUrl::url)
                .hasValue(url);
    }

    @Test
    void aLocationInLatin1IsReadToo() {
        assertThat(Redirects.next("http://shop.example/", "/\u00E1"))
                .map(CanonicalUrl::url)
                .hasValue("http://shop.example/%C3%A1");
    }
}
