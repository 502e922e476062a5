package io.jarvix.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class MetricsTest {

    /// Suffixes that Prometheus' format adds to a histogram and to a timer.
    private static final Pattern PARTS = Pattern.compile("_(bucket|count|sum|max)$");

    private final Fetches fetches;

    MetricsTest(Collector collector) {
        this.fetches = new Fetches(collector);
    }

    @Test
    void whatIsScrapedIsWhatIsDocumented() throws Exception {
        try (HostileOrigin origin = new HostileOrigin()) {
            fetches.fetch(origin.url(90, "/page"));
        }

        String scrape = RestAssured.get("/q/metrics").asString();

        Set<String> names =
                scrape.lines()
                        .filter(line -> line.startsWith("jarvix_collector_"))
                        .map(line -> PARTS.matcher(line.split("[{ ]", 2)[0]).replaceAll(""))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(new TreeSet<>(ArchitectureText.metricsOfTheCollector()));
        assertThat(scrape)
                .contains(
                        "jarvix_collector_exchange_seconds_bucket{",
                        "jarvix_collector_requests{state=\"in-flight\"}",
                        "jarvix_collector_requests{state=\"waiting\"}",
                        "jarvix_collector_hosts{state=\"paused\"}",
                        "jarvix_collector_hosts{state=\"known\"}",
                        "jarvix_collector_tasks{state=\"in-hand\"}",
                        "jarvix_collector_pages_total{kind=\"none\",outcome=\"fetched\"}",
                        "jarvix_collector_robots_decisions_total{decision=\"allowed\"}",
                        "jarvix_collector_robots_fetched_total{result=\"rules\"}");
    }
}
