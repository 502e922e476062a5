package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.Failed;
import io.jarvix.contracts.FailureKind;
import io.jarvix.contracts.FetchOutcome;
import io.jarvix.contracts.PageResult;
import io.jarvix.contracts.PageScore;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sent for a message whose page does the worst that a page can do to its reader.
class AnswersTest {

    private static final int MAX_PAGE_BYTES = 1_000_000;
    private static final String PAGE = "<title>Lamps</title>";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @ParameterizedTest
    @ValueSource(
            classes = {OutOfMemoryError.class, StackOverflowError.class, ArithmeticException.class})
    void aPageThatBreaksItsScorerEndsAsFailedAndAsADeadLetter(Class<? extends Throwable> fault)
            throws Exception {
        Throwable thrown = fault.getConstructor(String.class).newInstance("on this page");
        List<ProducerRecord<String, byte[]>> sent =
                answers((raw, body) -> throwing(thrown)).to(message(RawRecords.html(PAGE), PAGE));

        assertThat(sent)
                .extracting(ProducerRecord::topic)
                .containsExactly(Topics.DEAD_LETTERS, Topics.SCORES);
        assertThat(sent.getFirst().value()).isEqualTo(message(RawRecords.html(PAGE), PAGE).value());
        assertThat(cause(sent.getFirst())).contains(fault.getName()).contains("on this page");
        assertThat(failed(sent.getLast()).message()).contains(fault.getName());
        assertThat(registry.counter("jarvix.scoring.dead.letters").count()).isEqualTo(1);
        assertThat(registry.counter("jarvix.scoring.pages", "result", "FAILED").count())
                .isEqualTo(1);
    }

    @Test
    void aPageThatTakesTooMuchWorkEndsAsFailedAndAsADeadLetter() throws Exception {
        String page = "<svg>" + "<g>".repeat(500) + "<a/>".repeat(100_000);
        List<ProducerRecord<String, byte[]>> sent =
                answers(TestPages.SCORER).to(message(RawRecords.html(page), page));

        assertThat(failed(sent.getLast()).message())
                .startsWith("The page was not read to its end")
                .isEqualTo(cause(sent.getFirst()));
    }

    /// Two gigabytes of zeros are some tens of kilobytes on the wire, and end a small process.
    @Test
    void aPageThatWouldUnpackToMoreThanIsAllowedIsNotOpened() throws Exception {
        RawRecord bomb = record(Integer.MAX_VALUE, "https://shop.example/");
        List<ProducerRecord<String, byte[]>> sent =
                answers((raw, body) -> throwing(new AssertionError("was opened")))
                        .to(message(bomb, PAGE));

        assertThat(failed(sent.getLast()).message())
                .isEqualTo(
                        "The page has 2147483647 bytes, more than jarvix.scoring.max-page-bytes = 1000000.");
        assertThat(sent.getFirst().topic()).isEqualTo(Topics.DEAD_LETTERS);
    }

    @Test
    void aScoreThatWouldBeNoMessageIsADeadLetter() {
        RawRecord endless = record(PAGE.length(), "https://shop.example/" + "x".repeat(2_000_000));
        List<ProducerRecord<String, byte[]>> sent =
                answers(TestPages.SCORER).to(message(endless, PAGE));

        assertThat(sent).extracting(ProducerRecord::topic).containsExactly(Topics.DEAD_LETTERS);
        assertThat(cause(sent.getFirst())).startsWith("its score would have ");
    }

    @Test
    void aDeadLetterThatIsTooLargeGoesWithoutItsContent() {
        ConsumerRecord<String, byte[]> large =
                message("no record".getBytes(UTF_8), new byte[Topics.MAX_MESSAGE_BYTES - 1_000]);
        ProducerRecord<String, byte[]> letter = answers(TestPages.SCORER).to(large).getFirst();
        assertThat(letter.value()).isEmpty();
        assertThat(letter.headers().lastHeader(Topics.RAW_RECORD_HEADER)).isNotNull();

        ConsumerRecord<String, byte[]> largeHeader =
                message(new byte[Topics.MAX_MESSAGE_BYTES - 1_000], new byte[10]);
        ProducerRecord<String, byte[]> bare = answers(TestPages.SCORER).to(largeHeader).getFirst();
        assertThat(bare.value()).isEmpty();
        assertThat(bare.headers().lastHeader(Topics.RAW_RECORD_HEADER)).isNull();
        assertThat(header(bare, DeadLetter.OFFSET_HEADER)).isEqualTo("42");
        assertThat(cause(bare)).hasSizeLessThanOrEqualTo(1_000);
    }

    private Answers answers(Scoring scoring) {
        return new Answers(scoring, new ScoringMetrics(registry), MAX_PAGE_BYTES);
    }

    private static PageResult throwing(Throwable thrown) {
        switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(thrown);
        }
    }

    private static RawRecord record(int bodyLength, String url) {
        return RawRecords.of(
                RawRecords.RUN, 1, url, "text/html", bodyLength, new FetchOutcome.Fetched());
    }

    private static ConsumerRecord<String, byte[]> message(RawRecord raw, String page) {
        return message(Wire.write(raw), RawRecords.message(raw, page.getBytes(UTF_8)).value());
    }

    private static ConsumerRecord<String, byte[]> message(byte[] header, byte[] value) {
        ConsumerRecord<String, byte[]> message =
                new ConsumerRecord<>(
                        Topics.RAW_RECORDS,
                        0,
                        42,
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        value.length,
                        "key",
                        value,
                        new org.apache.kafka.common.header.internals.RecordHeaders(),
                        Optional.empty());
        message.headers().add(Topics.RAW_RECORD_HEADER, header);
        return message;
    }

    private static Failed failed(ProducerRecord<String, byte[]> answer) throws Exception {
        Failed failed = (Failed) Wire.read(answer.value(), PageScore.class).result();
        assertThat(failed.kind()).isEqualTo(FailureKind.SCORING);
        return failed;
    }

    private static String cause(ProducerRecord<String, byte[]> letter) {
        return header(letter, DeadLetter.CAUSE_HEADER);
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
