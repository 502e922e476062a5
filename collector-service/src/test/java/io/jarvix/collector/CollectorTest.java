package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jarvix.collector.TaskKafka.Collected;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.UrlTask;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class CollectorTest {

    private static final String BROKER = "kafka.bootstrap.servers";

    @Test
    void everyTaskGivesOneRawRecord() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body =
                            exchange.getRequestURI().getPath().equals("/robots.txt")
                                    ? "User-agent: *\nDisallow: /private".getBytes(UTF_8)
                                    : ("<title>" + exchange.getRequestURI() + "</title>")
                                            .getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        UUID run = UUID.randomUUID();
        List<UrlTask> tasks = new ArrayList<>();
        String origin = "http://127.0.0.1:" + server.getAddress().getPort();
        for (int i = 1; i <= 200; i++) {
            tasks.add(TaskKafka.task(run, i, origin + (i == 7 ? "/private/7" : "/page/" + i)));
        }
        tasks.add(TaskKafka.task(run, 201, "http://10.0.0.1/"));

        Map<Integer, Collected> records;
        try (TaskKafka kafka =
                new TaskKafka(ConfigProvider.getConfig().getValue(BROKER, String.class))) {
            kafka.send(tasks);
            records = kafka.byOrdinal(run, 201);
        }

        assertThat(records).hasSize(201);
        assertThat(TaskKafka.of(records, 1).raw().outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(TaskKafka.of(records, 1).body())
                .asString(UTF_8)
                .isEqualTo("<title>/page/1</title>");
        assertThat(TaskKafka.of(records, 7).raw().outcome())
                .isEqualTo(new Blocked(BlockRule.ROBOTS, "Disallow: /private"));
        assertThat(TaskKafka.of(records, 201).raw().outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> assertThat(blocked.rule()).isEqualTo(BlockRule.ADDRESS));
        server.stop(0);
    }

    @Test
    void aTaskThatComesAgainUnderItsLeaseGivesNoSecondRecord() throws Exception {
        UUID run = UUID.randomUUID();
        UrlTask task = TaskKafka.task(run, 1, "http://10.0.0.1/");
        UrlTask last = TaskKafka.task(run, 2, "http://10.0.0.1/last");
        try (TaskKafka kafka =
                new TaskKafka(ConfigProvider.getConfig().getValue(BROKER, String.class))) {
            kafka.send(List.of(task, task, task));
            kafka.recordsOf(run, 1);
            kafka.send(List.of(task, last));

            assertThat(kafka.byOrdinal(run, 2)).containsOnlyKeys(1, 2);
        }
    }

    @Test
    void whatIsNoTaskStopsNothing() throws Exception {
        UUID run = UUID.randomUUID();
        try (TaskKafka kafka =
                new TaskKafka(ConfigProvider.getConfig().getValue(BROKER, String.class))) {
            kafka.sendRaw("10.0.0.1", "{not json".getBytes(UTF_8));
            kafka.send(List.of(TaskKafka.task(run, 1, "http://10.0.0.1/")));

            assertThat(kafka.byOrdinal(run, 1)).hasSize(1);
        }
        assertThat(metrics()).contains("jarvix_collector_dead_letters_total 1.0");
    }

    private static String metrics() {
        return RestAssured.get("/q/metrics").asString();
    }
}
