package io.jarvix.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUrlTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.COM,                     http://example.com/",
        "http://example.com:80/,                 http://example.com/",
        "https://example.com:443/a/../b,         https://example.com/b",
        "http://example.com/a#part,              http://example.com/a",
        "' http://example.com/a ',               http://example.com/a",
        "http://bücher.example/,                 http://xn--bcher-kva.example/",
        "http://example.com/%7Euser,             http://example.com/~user",
        "http://127.1.0.1:8080/x,                http://127.1.0.1:8080/x",
    })
    void spellingsOfOneUrlHaveOneForm(String written, String canonical) {
        assertThat(CanonicalUrl.parse(written))
                .isInstanceOfSatisfying(
                        CanonicalUrl.class, url -> assertThat(url.url()).isEqualTo(canonical));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The line is empty.",
                "example.com|The URL has no scheme: write http:// or https:// before it.",
                "ftp://example.com/|The scheme ftp is not http or https.",
                "javascript://x|The scheme javascript is not http or https.",
                "http://user:secret@example.com/|The URL carries credentials, which JARVIX refuses.",
            })
    void whatCannotBeFetchedIsRefusedWithTheReason(String written, String reason) {
        assertThat(CanonicalUrl.parse(written)).isEqualTo(new ParsedUrl.Invalid(reason));
    }

    @Test
    void theIdentityIsPinned() {
        assertThat(CanonicalUrl.parse("http://example.com/"))
                .isInstanceOfSatisfying(
                        CanonicalUrl.class,
                        url ->
                                assertThat(url.urlId())
                                        .isEqualTo("2a1b402420ef46577471cdc7409b0fa2"));
    }

    @Property
    void anyTextIsParsedOrRefusedAndParsingIsIdempotent(@ForAll String tail) {
        if (CanonicalUrl.parse("http://example.com/" + tail) instanceof CanonicalUrl once) {
            assertThat(CanonicalUrl.parse(once.url())).isEqualTo(once);
        }
    }
}
