package io.jarvix.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.CanonicalUrl;
import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.FetchOptions;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.Lease;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UrlTask;
import io.jarvix.contracts.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class CollectorTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

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
            tasks.add(task(run, i, origin + (i == 7 ? "/private/7" : "/page/" + i)));
        }
        tasks.add(task(run, 201, "http://10.0.0.1/"));

        Map<Integer, ConsumerRecord<String, byte[]>> records = collect(run, tasks);

        assertThat(records).hasSize(201);
        RawRecord page = raw(records.get(1));
        assertThat(page.outcome()).isEqualTo(new FetchOutcome.Fetched());
        assertThat(
                        new String(
                                CompressedBody.open(records.get(1).value(), page.bodyLength()),
                                UTF_8))
                .isEqualTo("<title>/page/1</title>");
        assertThat(raw(records.get(7)).outcome())
                .isEqualTo(new Blocked(BlockRule.ROBOTS, "Disallow: /private"));
        assertThat(raw(records.get(201)).outcome())
                .isInstanceOfSatisfying(
                        Blocked.class,
                        blocked -> assertThat(blocked.rule()).isEqualTo(BlockRule.ADDRESS));
        server.stop(0);
    }

    private static UrlTask task(UUID run, int ordinal, String url) {
        CanonicalUrl canonical = (CanonicalUrl) CanonicalUrl.parse(url);
        return new UrlTask(
                run,
                ordinal,
                canonical.url(),
                canonical.urlId(),
                new Lease(1, Instant.now().plus(Duration.ofMinutes(5))),
                FetchOptions.NONE);
    }

    private static RawRecord raw(ConsumerRecord<String, byte[]> record) throws Exception {
        return Wire.read(
                record.headers().lastHeader(Topics.RAW_RECORD_HEADER).value(), RawRecord.class);
    }

    private Map<Integer, ConsumerRecord<String, byte[]>> collect(UUID run, List<UrlTask> tasks)
            throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", bootstrapServers),
                                new StringSerializer(),
                                new ByteArraySerializer());
                KafkaConsumer<String, byte[]> consumer =
                        new KafkaConsumer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        bootstrapServers,
                                        "group.id",
                                        "test-" + run,
                                        "auto.offset.reset",
                                        "earliest"),
                                new StringDeserializer(),
                                new ByteArrayDeserializer())) {
            for (UrlTask task : tasks) {
                producer.send(
                        new ProducerRecord<>(
                                Topics.URLS, Target.of(task.url()).host(), Wire.write(task)));
            }
            producer.flush();
            consumer.subscribe(List.of(Topics.RAW_RECORDS));
            Map<Integer, ConsumerRecord<String, byte[]>> found = new java.util.HashMap<>();
            Instant end = Instant.now().plusSeconds(30);
            while (found.size() < tasks.size() && Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    RawRecord raw = raw(record);
                    if (raw.runId().equals(run)) {
                        assertThat(found.put(raw.ordinal(), record)).isNull();
                    }
                }
            }
            return found;
        }
    }
}
