package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases that Google publishes with its own parser (google/robotstxt, `robots_test.cc`), by
/// their names there, through our path. `|` stands for a line's end. Left out: cases of functions
/// that the C++ library exports and RFC 9309 does not know (path extraction, user-agent
/// extraction).
class RobotsRulesTest {

    private static RobotsRules rules(String lines, String agent) {
        return RobotsRules.parse(
                "http://foo.bar/robots.txt",
                lines.replace("|", "\n").getBytes(UTF_8),
                "text/plain",
                agent,
                Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // GoogleOnly_SystemTest
                "'';foobot;http://foo.bar/;true",
                "user-agent: FooBot|disallow: /;foobot;http://foo.bar/x;false",
                // ID_LineSyntax_Line
                "user-agent: FooBot|disallow: /;foobot;http://foo.bar/x/y;false",
                "foo: FooBot|bar: /;foobot;http://foo.bar/x/y;true",
                "user-agent FooBot|disallow /;foobot;http://foo.bar/x/y;false",
                // ID_LineSyntax_Groups
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;foobot;http://foo.bar/x/b;true",
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;foobot;http://foo.bar/z/d;true",
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;foobot;http://foo.bar/y/c;false",
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;barbot;http://foo.bar/y/c;true",
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;barbot;http://foo.bar/w/a;true",
                "allow: /foo/bar/||user-agent: FooBot|disallow: /|allow: /x/|user-agent: BarBot|disallow: /|allow: /y/|||allow: /w/|user-agent: BazBot||user-agent: FooBot|allow: /z/|disallow: /;bazbot;http://foo.bar/z/d;true",
                // ID_LineSyntax_Groups_OtherRules
                "User-agent: BarBot|Sitemap: https://foo.bar/sitemap|User-agent: *|Disallow: /;foobot;http://foo.bar/;false",
                "User-agent: FooBot|Invalid-Unknown-Line: unknown|User-agent: *|Disallow: /;foobot;http://foo.bar/;false",
                // ID_REPLineNamesCaseInsensitive
                "USER-AGENT: FooBot|ALLOW: /x/|DISALLOW: /;foobot;http://foo.bar/x/y;true",
                "USER-AGENT: FooBot|ALLOW: /x/|DISALLOW: /;foobot;http://foo.bar/a/b;false",
                "user-agent: FooBot|allow: /x/|disallow: /;foobot;http://foo.bar/a/b;false",
                "uSeR-aGeNt: FooBot|AlLoW: /x/|dIsAlLoW: /;foobot;http://foo.bar/x/y;true",
                // ID_UserAgentValueCaseInsensitive
                "User-Agent: FOO BAR|Allow: /x/|Disallow: /;foo;http://foo.bar/x/y;true",
                "User-Agent: FOO BAR|Allow: /x/|Disallow: /;foo;http://foo.bar/a/b;false",
                // GoogleOnly_AcceptUserAgentUpToFirstSpace
                "User-Agent: *|Disallow: /|User-Agent: Foo Bar|Allow: /x/|Disallow: /;foo;http://foo.bar/x/y;true",
                // ID_GlobalGroups_Secondary
                "user-agent: *|allow: /|user-agent: FooBot|disallow: /;foobot;http://foo.bar/x/y;false",
                "user-agent: *|allow: /|user-agent: FooBot|disallow: /;barbot;http://foo.bar/x/y;true",
                "user-agent: FooBot|allow: /|user-agent: BarBot|disallow: /|user-agent: BazBot|disallow: /;quxbot;http://foo.bar/x/y;true",
                // ID_AllowDisallow_Value_CaseSensitive
                "user-agent: FooBot|disallow: /x/;foobot;http://foo.bar/x/y;false",
                "user-agent: FooBot|disallow: /X/;foobot;http://foo.bar/x/y;true",
                // ID_LongestMatch
                "user-agent: FooBot|disallow: /x/page.html|allow: /x/;foobot;http://foo.bar/x/page.html;false",
                "user-agent: FooBot|allow: /x/page.html|disallow: /x/;foobot;http://foo.bar/x/page.html;true",
                "user-agent: FooBot|allow: /x/page.html|disallow: /x/;foobot;http://foo.bar/x/;false",
                "user-agent: FooBot|disallow: |allow: ;foobot;http://foo.bar/x/page.html;true",
                "user-agent: FooBot|disallow: /|allow: /;foobot;http://foo.bar/x/page.html;true",
                "user-agent: FooBot|disallow: /x|allow: /x/;foobot;http://foo.bar/x;false",
                "user-agent: FooBot|disallow: /x|allow: /x/;foobot;http://foo.bar/x/;true",
                "user-agent: FooBot|disallow: /x/page.html|allow: /x/page.html;foobot;http://foo.bar/x/page.html;true",
                "user-agent: FooBot|allow: /page|disallow: /*.html;foobot;http://foo.bar/page.html;false",
                "user-agent: FooBot|allow: /page|disallow: /*.html;foobot;http://foo.bar/page;true",
                "user-agent: FooBot|allow: /x/page.|disallow: /*.html;foobot;http://foo.bar/x/page.html;true",
                "user-agent: FooBot|allow: /x/page.|disallow: /*.html;foobot;http://foo.bar/x/y.html;false",
                "User-agent: *|Disallow: /x/|User-agent: FooBot|Disallow: /y/;foobot;http://foo.bar/x/page;true",
                "User-agent: *|Disallow: /x/|User-agent: FooBot|Disallow: /y/;foobot;http://foo.bar/y/page;false",
                // ID_Encoding
                "User-agent: FooBot|Disallow: /|Allow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par;foobot;http://foo.bar/foo/bar?qux=taz&baz=http://foo.bar?tar&par;true",
                "User-agent: FooBot|Disallow: /|Allow: /foo/bar/ツ;foobot;http://foo.bar/foo/bar/%E3%83%84;true",
                "User-agent: FooBot|Disallow: /|Allow: /foo/bar/%E3%83%84;foobot;http://foo.bar/foo/bar/%E3%83%84;true",
                // ID_SpecialCharacters
                "User-agent: FooBot|Disallow: /foo/bar/quz|Allow: /foo/*/qux;foobot;http://foo.bar/foo/bar/quz;false",
                "User-agent: FooBot|Disallow: /foo/bar/quz|Allow: /foo/*/qux;foobot;http://foo.bar/foo/quz;true",
                "User-agent: FooBot|Disallow: /foo/bar$|Allow: /foo/bar/qux;foobot;http://foo.bar/foo/bar;false",
                "User-agent: FooBot|Disallow: /foo/bar$|Allow: /foo/bar/qux;foobot;http://foo.bar/foo/bar/qux;true",
                "User-agent: FooBot|Disallow: /foo/bar$|Allow: /foo/bar/qux;foobot;http://foo.bar/foo/bar/;true",
                "User-agent: FooBot|# Disallow: /|Disallow: /foo/quz#qux|Allow: /;foobot;http://foo.bar/foo/bar;true",
                "User-agent: FooBot|# Disallow: /|Disallow: /foo/quz#qux|Allow: /;foobot;http://foo.bar/foo/quz;false",
                // GoogleOnly_DocumentationChecks
                "user-agent: FooBot|disallow: /|allow: /fish;foobot;http://foo.bar/fish.html;true",
                "user-agent: FooBot|disallow: /|allow: /fish;foobot;http://foo.bar/Fish.asp;false",
                "user-agent: FooBot|disallow: /|allow: /fish*;foobot;http://foo.bar/fishheads/yummy.html;true",
                "user-agent: FooBot|disallow: /|allow: /fish/;foobot;http://foo.bar/fish/salmon.htm;true",
                "user-agent: FooBot|disallow: /|allow: /fish/;foobot;http://foo.bar/fish;false",
                "user-agent: FooBot|disallow: /|allow: /*.php;foobot;http://foo.bar/folder/any.php.file.html;true",
                "user-agent: FooBot|disallow: /|allow: /*.php;foobot;http://foo.bar/windows.PHP;false",
                "user-agent: FooBot|disallow: /|allow: /*.php$;foobot;http://foo.bar/folder/filename.php;true",
                "user-agent: FooBot|disallow: /|allow: /*.php$;foobot;http://foo.bar/filename.php?parameters;false",
                "user-agent: FooBot|disallow: /|allow: /fish*.php;foobot;http://foo.bar/fishheads/catfish.php?parameters;true",
                // GoogleOnly_ order of precedence
                "user-agent: FooBot|allow: /p|disallow: /;foobot;http://example.com/page;true",
                "user-agent: FooBot|allow: /folder|disallow: /folder;foobot;http://example.com/folder/page;true",
                "user-agent: FooBot|allow: /$|disallow: /;foobot;http://example.com/page.html;false",
                "user-agent: FooBot|allow: /$|disallow: /;foobot;http://example.com/;true",
            })
    void googlesCasesHold(String lines, String agent, String url, boolean allowed) {
        assertThat(rules(lines, agent).disallowing(url).isEmpty()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "User-agent: *|Disallow: /a|Disallow: /a/b|Allow: /a/b/c;/a/b/x;Disallow: /a/b",
                "User-agent: *|Disallow: /*.pdf$;/x.pdf;Disallow: /*.pdf$",
                "User-agent: *|Disallow: /;/x;Disallow: /",
            })
    void theLineThatForbidsIsNamed(String lines, String path, String line) {
        assertThat(rules(lines, "jarvix").disallowing("http://foo.bar" + path)).hasValue(line);
    }

    @ParameterizedTest
    @CsvSource({"2, PT2S", "0.5, PT0.5S", "600, PT30S", "-1, PT0S", "soon, PT0S"})
    void theCrawlDelayIsObeyedUpToItsCap(String written, Duration delay) {
        assertThat(
                        rules("User-agent: *|Crawl-delay: " + written + "|Disallow: /x", "jarvix")
                                .crawlDelay())
                .isEqualTo(delay);
    }

    @Test
    void whatIsNoRobotsTxtForbidsNothing() {
        assertThat(rules("<html>not found</html>", "jarvix").disallowing("http://foo.bar/x"))
                .isEmpty();
        assertThat(
                        rules("\uFEFFUser-agent: *|Disallow: /x", "jarvix")
                                .disallowing("http://foo.bar/x"))
                .hasValue("Disallow: /x");
    }
}
