package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jarvix.contracts.BlockRule;
import io.jarvix.contracts.Blocked;
import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchFacts;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class RawRecordScoringTest {

    private static final String PAGE =
            "<!doctype html><html lang=en><title>Lamps of all kinds</title>"
                    + "<h1>Lamps</h1><p>Add to cart, today.";

    private TestBroker broker;
    private final UUID run = UUID.randomUUID();

    @BeforeEach
    void connect() {
        broker = TestBroker.ofTheApplication();
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    void aFetchedPageIsScored() {
        RawRecord raw = raw(1, PAGE.getBytes(UTF_8).length, new FetchOutcome.Fetched());
        broker.send(RawRecords.message(raw, PAGE.getBytes(UTF_8)));

        PageScore score = broker.score(run, 1);
        assertThat(score.urlId()).isEqualTo(raw.urlId());
        assertThat(score.lease()).isEqualTo(raw.lease());
        assertThat(score.fetch()).isEqualTo(FetchFacts.of(raw));
        assertThat(score.result())
                .isEqualTo(PageScorer.withBuiltInRules().score(raw, PAGE.getBytes(UTF_8)));
        assertThat(((PageResult.Scored) score.result()).score().evidence())
                .extracting(evidence -> evidence.phrase())
                .containsExactly("add to cart");
    }

    @Test
    void aFailedFetchPassesThroughAlsoWithAPage() {
        Failed failed = new Failed(FailureKind.HTTP_CLIENT_ERROR, "404 Not Found");
        broker.send(
                RawRecords.message(
                        raw(2, PAGE.getBytes(UTF_8).length, failed), PAGE.getBytes(UTF_8)));

        assertThat(broker.score(run, 2).result()).isEqualTo(failed);
    }

    @Test
    void aBlockedUrlPassesThrough() {
        Blocked blocked = new Blocked(BlockRule.ROBOTS, "Disallow: /private");
        broker.send(RawRecords.message(raw(3, 0, blocked), new byte[0]));

        assertThat(broker.score(run, 3).result()).isEqualTo(blocked);
    }

    @Test
    void anUnreadableMessageGoesToTheDeadLettersAndTheNextOneIsScored() {
        String key = UUID.randomUUID().toString();
        RawRecord next = raw(4, PAGE.getBytes(UTF_8).length, new FetchOutcome.Fetched());
        ProducerRecord<String, byte[]> message = RawRecords.message(next, PAGE.getBytes(UTF_8));
        ProducerRecord<String, byte[]> unreadable =
                new ProducerRecord<>(Topics.RAW_RECORDS, 0, key, "not a page".getBytes(UTF_8));
        unreadable.headers().add(Topics.RAW_RECORD_HEADER, "{".getBytes(UTF_8));
        broker.send(unreadable);
        broker.send(
                new ProducerRecord<>(
                        Topics.RAW_RECORDS, 0, message.key(), message.value(), message.headers()));

        assertThat(broker.score(run, 4).result()).isInstanceOf(PageResult.Scored.class);
        ConsumerRecord<String, byte[]> letter = broker.deadLetter(key);
        assertThat(letter.value()).asString(UTF_8).isEqualTo("not a page");
        assertThat(header(letter, DeadLetter.TOPIC_HEADER)).isEqualTo(Topics.RAW_RECORDS);
        assertThat(header(letter, DeadLetter.CAUSE_HEADER)).contains("RawRecord");
    }

    @Test
    void aDamagedBodyEndsTheUrlAndGoesToTheDeadLetters() {
        RawRecord raw = raw(5, 1_000, new FetchOutcome.Fetched());
        broker.send(RawRecords.message(raw, "shorter".getBytes(UTF_8)));

        assertThat(broker.score(run, 5).result())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> {
                            assertThat(failed.kind()).isEqualTo(FailureKind.SCORING);
                            assertThat(failed.message()).contains("7 bytes").contains("1000");
                        });
        assertThat(header(broker.deadLetter(raw.urlId()), DeadLetter.CAUSE_HEADER))
                .contains("1000");
    }

    @Test
    void anUnreadableMessageOfTheLargestSizeStopsNothing() {
        String key = UUID.randomUUID().toString();
        broker.send(
                new ProducerRecord<>(
                        Topics.RAW_RECORDS, key, new byte[Topics.MAX_MESSAGE_BYTES - 1_000]));

        assertThat(broker.deadLetter(key).value()).isEmpty();
    }

    /// As where an operator made the topics himself.
    @Test
    void aDeadLetterThatItsTopicDoesNotAllowStopsNothing() {
        String key = UUID.randomUUID().toString();
        broker.allowMessages(Topics.DEAD_LETTERS, 100_000);
        try {
            broker.send(new ProducerRecord<>(Topics.RAW_RECORDS, 0, key, new byte[1_000_000]));
            RawRecord next = raw(7, PAGE.getBytes(UTF_8).length, new FetchOutcome.Fetched());
            ProducerRecord<String, byte[]> message = RawRecords.message(next, PAGE.getBytes(UTF_8));
            broker.send(
                    new ProducerRecord<>(
                            Topics.RAW_RECORDS,
                            0,
                            message.key(),
                            message.value(),
                            message.headers()));

            assertThat(broker.deadLetter(key).value()).isEmpty();
            assertThat(broker.score(run, 7).result()).isInstanceOf(PageResult.Scored.class);
        } finally {
            broker.allowMessages(Topics.DEAD_LETTERS, Topics.MAX_MESSAGE_BYTES);
        }
    }

    @Test
    void whatIsScoredIsCommitted() {
        broker.send(RawRecords.message(raw(6, 0, new Failed(FailureKind.DNS, "")), new byte[0]));
        broker.score(run, 6);

        await().untilAsserted(
                        () ->
                                assertThat(broker.committed("jarvix-scoring", Topics.RAW_RECORDS))
                                        .isEqualTo(broker.ends(Topics.RAW_RECORDS)));
    }

    private RawRecord raw(int ordinal, int bodyLength, FetchOutcome outcome) {
        return RawRecords.of(
                run,
                ordinal,
                "https://shop.example/" + run + "/" + ordinal,
                "text/html; charset=utf-8",
                bodyLength,
                outcome);
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }
}
