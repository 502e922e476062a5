package io.jarvix.collector;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRule;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The rules of one robots.txt for our user agent (RFC 9309). Parsing and matching are those of
/// crawler-commons; this class adds which rule it was. Immutable; safe from any thread.
final class RobotsRules {

    private static final int NO_WARNINGS = 0;

    private final SimpleRobotRules rules;
    private final Duration crawlDelay;

    private RobotsRules(SimpleRobotRules rules, Duration crawlDelay) {
        this.rules = rules;
        this.crawlDelay = crawlDelay;
    }

    /// No rules: everything is allowed (a robots.txt that is not there, RFC 9309, section 2.3.1.3).
    static RobotsRules allowAll() {
        return new RobotsRules(new SimpleRobotRules(RobotRulesMode.ALLOW_ALL), Duration.ZERO);
    }

    /// @param agent the product token, lower case
    /// @param maxCrawlDelay a longer crawl-delay is cut to it
    static RobotsRules parse(
            String url, byte[] content, String contentType, String agent, Duration maxCrawlDelay) {
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser(Long.MAX_VALUE, NO_WARNINGS);
        SimpleRobotRules rules = parser.parseContent(url, content, contentType, List.of(agent));
        Duration delay = Duration.ofMillis(Math.max(0, rules.getCrawlDelay()));
        return new RobotsRules(rules, delay.compareTo(maxCrawlDelay) > 0 ? maxCrawlDelay : delay);
    }

    /// The line that forbids the URL, as `Disallow: /private`; empty where it is allowed.
    Optional<String> disallowing(String url) {
        if (rules.isAllowed(url)) {
            return Optional.empty();
        }
        if (rules.isAllowNone()) {
            return Optional.of("Disallow: /");
        }
        for (RobotRule rule : rules.getRobotRules()) {
            if (!rule.isAllow() && matches(rule, url)) {
                return Optional.of("Disallow: " + rule.getPrefix());
            }
        }
        return Optional.of("Disallow");
    }

    /// Zero where there is none.
    Duration crawlDelay() {
        return crawlDelay;
    }

    /// Bytes in memory, about.
    int weight() {
        int weight = 300;
        for (RobotRule rule : rules.getRobotRules()) {
            weight += 80 + 2 * rule.getPrefix().length();
        }
        return weight;
    }

    /// The rules come in the order of their precedence; a rule set of this rule alone says whether
    /// it matches.
    private static boolean matches(RobotRule rule, String url) {
        SimpleRobotRules alone = new SimpleRobotRules(RobotRulesMode.ALLOW_SOME);
        alone.addRule(rule.getPrefix(), false);
        return !alone.isAllowed(url);
    }
}
