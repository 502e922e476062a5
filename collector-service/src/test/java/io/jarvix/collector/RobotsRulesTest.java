package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.CanonicalUrl;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules through our path: crawler-commons' parser, our product token, our canonical URLs. All
/// cases that Google publishes with its own parser are in `robots/google-cases.txt`, with the
/// reason where one does not concern us; a few of our own follow.
class RobotsRulesTest {

    private static RobotsRules rules(String lines, String agent) {
        return RobotsRules.parse(
                "http://foo.bar/robots.txt",
                lines.replace("|", "\n").getBytes(UTF_8),
                "text/plain",
                agent,
                Duration.ofSeconds(30));
    }

    /// One decision of `robots/google-cases.txt`, which says how it is written.
    ///
    /// @param leftOut why we decide otherwise; null where we do not
    private record Case(
            String name,
            String file,
            String agent,
            String url,
            boolean allowed,
            @Nullable String leftOut) {
        @Override
        public String toString() {
            return name + (allowed ? " allows " : " forbids ") + agent + " " + url;
        }

        boolean isAllowedHere() {
            RobotsRules rules =
                    RobotsRules.parse(
                            "http://foo.bar/robots.txt",
                            file.getBytes(ISO_8859_1),
                            "text/plain",
                            agent.toLowerCase(Locale.ROOT),
                            Duration.ofSeconds(30));
            CanonicalUrl canonical = (CanonicalUrl) CanonicalUrl.parse(url);
            return rules.disallowing(canonical.url()).isEmpty();
        }
    }

    private static List<Case> googlesCases() throws IOException {
        List<Case> cases = new ArrayList<>();
        String name = "";
        StringBuilder file = new StringBuilder();
        boolean decided = false;
        for (String line : lines()) {
            String text = line.length() < 2 ? "" : line.substring(2);
            switch (line.charAt(0)) {
                case '=' -> {
                    name = text;
                    file.setLength(0);
                }
                case '|' -> {
                    if (decided) {
                        file.setLength(0);
                    }
                    file.append(bytes(text)).append('\n');
                }
                case '+', '-' -> {
                    String[] ask = text.split(" ", 2);
                    boolean allowed = line.charAt(0) == '+';
                    cases.add(new Case(name, file.toString(), ask[0], ask[1], allowed, null));
                }
                case '!' -> {
                    Case last = cases.removeLast();
                    cases.add(
                            new Case(
                                    last.name(),
                                    last.file(),
                                    last.agent(),
                                    last.url(),
                                    last.allowed(),
                                    text));
                }
                default -> {}
            }
            decided = line.charAt(0) != '|';
        }
        return cases;
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                RobotsRulesTest.class.getResourceAsStream("/robots/google-cases.txt")) {
            return new String(in.readAllBytes(), UTF_8).lines().filter(l -> !l.isEmpty()).toList();
        }
    }

    /// The line's bytes, one character each.
    private static String bytes(String text) {
        String plain = new String(text.getBytes(UTF_8), ISO_8859_1).replace("\\r", "\r");
        return Pattern.compile("\\\\x([0-9A-F]{2})")
                .matcher(plain)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    private static Stream<Case> obeyed() throws IOException {
        return googlesCases().stream().filter(one -> one.leftOut() == null);
    }

    @ParameterizedTest
    @MethodSource("obeyed")
    void googlesCasesHold(Case one) {
        assertThat(one.isAllowedHere()).isEqualTo(one.allowed());
    }

    /// An exclusion that is not needed any more has to go.
    @Test
    void whatIsLeftOutIsReallyDecidedOtherwise() throws IOException {
        assertThat(googlesCases()).hasSizeGreaterThan(120);
        assertThat(googlesCases())
                .filteredOn(one -> one.leftOut() != null)
                .isNotEmpty()
                .allMatch(one -> one.isAllowedHere() != one.allowed());
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
