package io.jarvix.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    private static final String PAGE = "https://www.Example.com:8443/shop/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/",
                "HTTPS://EXAMPLE.COM",
                "http://www.example.com",
                "http://WWW.Example.com?q=1",
                "//example.com/a",
                "\\\\example.com\\a",
                "https://user:secret@example.com:444/a@b",
                "https:// example.com /a",
                "https:///example.com/a",
                "/a",
                "a/b.html",
                "?q=1",
                " \t/a",
                "https:example.com"
            })
    void leadsToTheSameHost(String href) {
        Links links = counted(href);
        assertThat(links.internal()).isOne();
        assertThat(links.external()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/",
                "https://example.com.evil.net",
                "https://example.co",
                "https://shop.example.com/",
                "https://www.www.example.com/",
                "https://www.",
                "https://",
                "https://example.com@evil.net/",
                "https://example.com:port/",
                "https://ex\u0430mple.com/",
                "https://\u212axample.com/",
                "https://example.com\u00a0/"
            })
    void leadsToAnotherHost(String href) {
        Links links = counted(href);
        assertThat(links.internal()).isZero();
        assertThat(links.external()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "#top",
                "mailto:a@example.com",
                "javascript:void(0)",
                "ftp://example.com/",
                "httpx://example.com/",
                "htt://example.com/",
                "tel:+34900000000"
            })
    void isNotCounted(String href) {
        Links links = counted(href);
        assertThat(links.internal() + links.external()).isZero();
    }

    /// A host that is not ASCII is compared as text, the same way round.
    @ParameterizedTest
    @ValueSource(strings = {"https://b\u00fccher.example/", "https://www.B\u00dcCHER.example/a"})
    void aHostInAnotherScriptIsItsOwn(String href) {
        Links links = new Links("https://www.b\u00fccher.example/");
        char[] source = href.toCharArray();
        links.count(source, 0, source.length);
        assertThat(links.internal()).isOne();
    }

    private static Links counted(String href) {
        Links links = new Links(PAGE);
        char[] source = ("<" + href + ">").toCharArray();
        links.count(source, 1, source.length - 1);
        return links;
    }
}
