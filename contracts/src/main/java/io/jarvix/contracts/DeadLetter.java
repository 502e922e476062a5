package io.jarvix.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A message that nobody can read, on its way to topic [Topics#DEAD_LETTERS]: key, value and
/// headers as they were, with the cause and the origin in headers of its own.
public final class DeadLetter {

    public static final String CAUSE_HEADER = "jarvix-dead-letter-cause";
    public static final String TOPIC_HEADER = "jarvix-dead-letter-topic";
    public static final String PARTITION_HEADER = "jarvix-dead-letter-partition";
    public static final String OFFSET_HEADER = "jarvix-dead-letter-offset";

    private DeadLetter() {}

    /// The dead letter of a message that could not be read.
    public static ProducerRecord<String, byte[]> of(
            ConsumerRecord<String, byte[]> message, UnreadableMessageException cause) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        letter.headers()
                .add(CAUSE_HEADER, String.valueOf(cause.getMessage()).getBytes(UTF_8))
                .add(TOPIC_HEADER, message.topic().getBytes(UTF_8))
                .add(PARTITION_HEADER, Integer.toString(message.partition()).getBytes(UTF_8))
                .add(OFFSET_HEADER, Long.toString(message.offset()).getBytes(UTF_8));
        return letter;
    }
}
