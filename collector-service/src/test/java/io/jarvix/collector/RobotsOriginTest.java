package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.RawRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What RFC 9309 (section 2.3.1) says of a robots.txt that is there, elsewhere, missing or out of
/// reach, with a real server. That one which is silent forbids too is seen in [HostileOriginTest].
@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
@TestProfile(HastyCollector.class)
class RobotsOriginTest {

    private static final String FORBIDDING = "User-agent: *\nDisallow: /private\n";

    private final HostileOrigin origin;
    private final Fetches fetches;

    RobotsOriginTest(Collector collector) throws Exception {
        this.fetches = new Fetches(collector);
        this.origin = new HostileOrigin();
    }

    @AfterEach
    void closeOrigin() throws Exception {
        origin.close();
    }

    private FetchOutcome outcomeOf(int host, String path) throws Exception {
        return fetches.fetch(origin.url(host, path)).raw().outcome();
    }

    private static Blocked robots(String line) {
        return new Blocked(BlockRule.ROBOTS, line);
    }

    @Test
    void theLineThatForbidsIsInTheRecord() throws Exception {
        origin.on(1, "/robots.txt", HostileAnswers.saying("200 OK", "", FORBIDDING));

        RawRecord forbidden = fetches.fetch(origin.url(1, "/private/x")).raw();
        RawRecord allowed = fetches.fetch(origin.url(1, "/public")).raw();

        assertThat(forbidden.outcome()).isEqualTo(robots("Disallow: /private"));
        assertThat(forbidden.attempts()).isZero();
        assertThat(allowed.outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(origin.requestsFor("/private/x")).isZero();
        assertThat(origin.requestsFor("/robots.txt")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "410", "451"})
    void aMissingOneAllows(int status) throws Exception {
        origin.on(2, "/robots.txt", HostileAnswers.saying(status + " No", "", FORBIDDING));

        assertThat(outcomeOf(2, "/private")).isEqualTo(new FetchOutcome.Fetched());
    }

    @ParameterizedTest
    @CsvSource({"429, 4", "500, 4", "501, 1", "502, 4", "503, 4", "504, 4", "599, 1"})
    void oneThatTheServerCannotGiveForbidsForNow(int status, int tries) throws Exception {
        origin.on(3, "/robots.txt", HostileAnswers.saying(status + " Broken", "", ""));

        assertThat(outcomeOf(3, "/page"))
                .isEqualTo(
                        new Blocked(
                                BlockRule.ROBOTS_UNREACHABLE,
                                origin.url(3, "/robots.txt") + " answered " + status));
        assertThat(origin.requestsFor(3, "/robots.txt")).isEqualTo(tries);
        assertThat(origin.requestsFor("/page")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cut", "/reset-always", "/not-http", "/not-gzip", "/header-flood"})
    void oneThatCannotBeReadForbidsForNow(String how) throws Exception {
        origin.on(
                4,
                "/robots.txt",
                (out, count) -> HostileAnswers.answer(how, count, out, origin.closed()));

        assertThat(outcomeOf(4, "/page"))
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> {
                            assertThat(blocked.rule()).isEqualTo(BlockRule.ROBOTS_UNREACHABLE);
                            assertThat(blocked.detail())
                                    .startsWith(origin.url(4, "/robots.txt") + ": ");
                        });
        assertThat(origin.requestsFor("/page")).isZero();
    }

    /// Nothing is fetched either, and the record says what is wrong with the host.
    @Test
    void aHostThatIsNotThereFailsAsSuch() throws Exception {
        origin.close();

        RawRecord raw = fetches.fetch(origin.url(5, "/page")).raw();

        assertThat(Fetches.kindOf(raw.outcome())).isEqualTo("CONNECT");
        assertThat(raw.attempts()).isZero();
    }

    @Test
    void fiveRedirectsAreFollowedAlsoToOtherHosts() throws Exception {
        for (int hop = 10; hop < 15; hop++) {
            origin.on(
                    hop,
                    "/robots.txt",
                    HostileAnswers.redirectingTo(origin.url(hop + 1, "/robots.txt")));
        }
        origin.on(15, "/robots.txt", HostileAnswers.saying("200 OK", "", FORBIDDING));

        assertThat(outcomeOf(10, "/private")).isEqualTo(robots("Disallow: /private"));
    }

    @Test
    void behindASixthRedirectItCountsAsMissing() throws Exception {
        for (int hop = 20; hop < 26; hop++) {
            origin.on(
                    hop,
                    "/robots.txt",
                    HostileAnswers.redirectingTo(origin.url(hop + 1, "/robots.txt")));
        }
        origin.on(26, "/robots.txt", HostileAnswers.saying("200 OK", "", FORBIDDING));

        assertThat(outcomeOf(20, "/private")).isEqualTo(new FetchOutcome.Fetched());
        assertThat(origin.requestsFor(26, "/robots.txt")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/robots.txt",
                "http://127.0.0.1/robots.txt",
                "http://2130706433/robots.txt",
                "http://[::1]/robots.txt"
            })
    void oneThatRedirectsIntoPrivateSpaceForbids(String inside) throws Exception {
        origin.on(30, "/robots.txt", HostileAnswers.redirectingTo(inside));

        assertThat(outcomeOf(30, "/page"))
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> assertThat(blocked.rule()).isEqualTo(BlockRule.ADDRESS));
        assertThat(origin.requestsFor("/page")).isZero();
    }

    @Test
    void oneThatRedirectsToAForbiddenPortForbids() throws Exception {
        origin.on(31, "/robots.txt", HostileAnswers.redirectingTo("http://127.77.0.32:6667/"));

        assertThat(outcomeOf(31, "/page")).isEqualTo(new Blocked(BlockRule.PORT, "port 6667"));
    }

    @Test
    void onlyTheFirst500KibibytesCount() throws Exception {
        String padding = "# padding\n".repeat(51_199);
        origin.on(
                40,
                "/robots.txt",
                HostileAnswers.saying("200 OK", "", "User-agent: *\n" + padding + FORBIDDING));
        origin.on(
                41,
                "/robots.txt",
                HostileAnswers.saying(
                        "200 OK", "", "User-agent: *\nDisallow: /early\n" + padding + FORBIDDING));

        assertThat(outcomeOf(40, "/private")).isEqualTo(new FetchOutcome.Fetched());
        assertThat(outcomeOf(41, "/early")).isEqualTo(robots("Disallow: /early"));
    }

    /// An operator cannot ask for less than a site's rules by writing its URL in another way.
    @ParameterizedTest
    @ValueSource(
            strings = {"/private", "/%70rivate", "/x/../private", "/%2e/private", "/private?a=1"})
    void aRuleHoldsForEverySpellingOfItsPath(String path) throws Exception {
        origin.on(50, "/robots.txt", HostileAnswers.saying("200 OK", "", FORBIDDING));

        assertThat(outcomeOf(50, path)).isEqualTo(robots("Disallow: /private"));
    }

    @Test
    void aRedirectIsAskedOfTheRulesOfWhereItLeads() throws Exception {
        origin.on(60, "/start", HostileAnswers.redirectingTo(origin.url(61, "/private")));
        origin.on(61, "/robots.txt", HostileAnswers.saying("200 OK", "", FORBIDDING));

        assertThat(outcomeOf(60, "/start")).isEqualTo(robots("Disallow: /private"));
        assertThat(origin.requestsFor("/private")).isZero();
    }
}
