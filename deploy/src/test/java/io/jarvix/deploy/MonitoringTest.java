package io.jarvix.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus and Grafana files, checked by Prometheus' own tool.
class MonitoringTest {

    private static final String CONFIG = Monitoring.FOLDER.resolve("prometheus.yml").toString();
    private static final String ALERTS = Monitoring.FOLDER.resolve("alerts.yml").toString();
    private static final String TESTS = Monitoring.FOLDER.resolve("alerts-test.yml").toString();

    @Test
    void theConfigurationIsOneThatPrometheusReads() throws Exception {
        assertThat(CheckTools.output("promtool", "check", "config", CONFIG)).contains("SUCCESS");
    }

    @Test
    void theRulesAreClean() throws Exception {
        assertThat(CheckTools.output("promtool", "check", "rules", "--lint-fatal", ALERTS))
                .contains("SUCCESS");
    }

    @Test
    void theAlertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        assertThat(CheckTools.output("promtool", "test", "rules", TESTS)).contains("SUCCESS");
    }

    @Test
    void everyAlertIsTestedFiringAndSilent() {
        JsonNode tests = Repository.yaml(Path.of(TESTS)).path("tests");
        List<String> firing =
                Document.elements(tests)
                        .flatMap(test -> Document.elements(test.path("alert_rule_test")))
                        .filter(check -> !check.path("exp_alerts").isEmpty())
                        .map(check -> check.path("alertname").asText())
                        .toList();
        List<String> silent =
                Document.elements(tests)
                        .flatMap(test -> Document.elements(test.path("alert_rule_test")))
                        .filter(check -> check.path("exp_alerts").isEmpty())
                        .map(check -> check.path("alertname").asText())
                        .toList();

        assertThat(Repository.yaml(Path.of(ALERTS)).findValuesAsText("alert"))
                .isNotEmpty()
                .allSatisfy(
                        alert -> {
                            assertThat(firing).contains(alert);
                            assertThat(silent).contains(alert);
                        });
    }

    @Test
    void everyAlertSaysWhatToDo() {
        assertThat(Repository.yaml(Path.of(ALERTS)).at("/groups/0/rules"))
                .allSatisfy(
                        rule -> {
                            assertThat(rule.at("/labels/severity").asText())
                                    .isIn("warning", "critical");
                            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
                            assertThat(rule.at("/annotations/action").asText()).isNotBlank();
                        });
    }

    @Test
    void everyQueryOfADashboardIsOneThatPrometheusReads(@TempDir Path folder) throws Exception {
        List<String> queries = Monitoring.dashboardQueries();
        ObjectNode rules = Repository.JSON.createObjectNode();
        ArrayNode group =
                rules.putArray("groups").addObject().put("name", "queries").putArray("rules");
        for (int i = 0; i < queries.size(); i++) {
            group.addObject().put("record", "check:query:" + i).put("expr", queries.get(i));
        }
        Path file = folder.resolve("queries.yml");
        Repository.YAML.writeValue(file.toFile(), rules);

        assertThat(CheckTools.output("promtool", "check", "rules", file.toString()))
                .contains(queries.size() + " rules found");
    }

    @Test
    void dashboardsNameTheProvisionedDataSourceAndDoNotOverlap() {
        String source =
                Repository.yaml(
                                Monitoring.FOLDER.resolve(
                                        "grafana/provisioning/datasources/prometheus.yml"))
                        .at("/datasources/0/uid")
                        .asText();
        for (JsonNode dashboard : Monitoring.dashboards()) {
            assertThat(dashboard.path("panels")).isNotEmpty();
            assertThat(dashboard.findValuesAsText("uid"))
                    .allMatch(uid -> uid.equals(source) || uid.equals("jarvix"));
            assertThat(dashboard.path("panels"))
                    .extracting(panel -> panel.path("id").asInt())
                    .doesNotHaveDuplicates();
            boolean[][] taken = new boolean[200][24];
            for (JsonNode panel : dashboard.path("panels")) {
                JsonNode place = panel.path("gridPos");
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    for (int x = 0; x < place.path("w").asInt(); x++) {
                        int row = place.path("y").asInt() + y;
                        int column = place.path("x").asInt() + x;
                        assertThat(taken[row][column])
                                .describedAs(panel.path("title").asText())
                                .isFalse();
                        taken[row][column] = true;
                    }
                }
            }
        }
    }

    @Test
    void theNamesOfMetricsAreFoundInAQuery() {
        assertThat(
                        Monitoring.metrics(
                                "sum by (topic) (rate(a_total{x=\"b_total\"}[5m])) / on(topic) max(c) > 0.5 and d:e"))
                .containsExactly("a_total", "c", "d:e");
    }

    @Test
    void aSelectorIsAMetricWithItsLabels() {
        assertThat(Monitoring.selectors("sum(rate(a_total{x=\"b_total\"}[5m])) / max(a_total) > c"))
                .containsExactly("a_total", "a_total{x=\"b_total\"}", "c");
    }

    @Test
    void aSampleIsFoundByNameAndLabels() {
        Samples samples =
                Samples.of(List.of("a_total{kind=\"x\",n=\"1\"} 3.0\n# TYPE a_total\nb 1"));

        assertThat(
                        samples.unmatched(
                                Set.of(
                                        "a_total{job=\"jarvix\", kind=~\"x|y\"}",
                                        "b",
                                        "a_total{kind=\"y\"}",
                                        "a_total{kind!=\"x\"}",
                                        "c")))
                .containsExactly("a_total{kind!=\"x\"}", "a_total{kind=\"y\"}", "c");
    }
}
