package io.jarvix.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jarvix.contracts.DeadLetter;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Dead letters that a broker takes. A message that leaves no room for the cause and the origin
/// goes without its value, and where its headers are too large too, without them: the origin tells
/// where it still is.
final class DeadLetters {

    /// What the headers of the letter and the protocol may add.
    private static final int ROOM = 256 * 1024;

    private static final int LONGEST_CAUSE = 1_000;
    private static final int LONGEST_KEY = 1_000;

    private DeadLetters() {}

    static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> message, String cause) {
        ProducerRecord<String, byte[]> letter =
                DeadLetter.of(
                        message,
                        new UnreadableMessageException(
                                cause.substring(0, Math.min(cause.length(), LONGEST_CAUSE))));
        long rest =
                Topics.MAX_MESSAGE_BYTES - ROOM - sizeOf(letter.key()) - sizeOf(letter.headers());
        byte @Nullable [] value = letter.value();
        if (rest < 0) {
            return bare(letter);
        }
        return value == null || value.length <= rest ? letter : without(letter);
    }

    /// The letter with its cause and origin only, and its key where that is short.
    static ProducerRecord<String, byte[]> bare(ProducerRecord<String, byte[]> letter) {
        @Nullable String key = sizeOf(letter.key()) <= LONGEST_KEY ? letter.key() : null;
        ProducerRecord<String, byte[]> bare =
                new ProducerRecord<>(Topics.DEAD_LETTERS, key, new byte[0]);
        for (Header header : letter.headers()) {
            if (header.key().startsWith("jarvix-dead-letter-")) {
                bare.headers().add(header);
            }
        }
        return bare;
    }

    private static ProducerRecord<String, byte[]> without(ProducerRecord<String, byte[]> letter) {
        return new ProducerRecord<>(
                letter.topic(), null, letter.key(), new byte[0], letter.headers());
    }

    private static int sizeOf(@Nullable String key) {
        return key == null ? 0 : key.getBytes(UTF_8).length;
    }

    private static long sizeOf(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }
}
