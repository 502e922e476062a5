package io.jarvix.collector;

import io.jarvix.contracts.CompressedBody;
import io.jarvix.contracts.RawRecord;
import io.jarvix.contracts.Topics;
import io.jarvix.contracts.UnreadableMessageException;
import io.jarvix.contracts.Wire;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the archive's rows of Kafka's records.
final class ArchivedRecord {

    private static final Logger LOG = Logger.getLogger(ArchivedRecord.class);

    private ArchivedRecord() {}

    /// Empty for a message that cannot be read. That one is the scoring's to report: it reads the
    /// same topic and sends it to the dead letters.
    static Optional<ArchiveRows.Row> rowOf(ConsumerRecord<String, byte[]> record) {
        @Nullable Header header = record.headers().lastHeader(Topics.RAW_RECORD_HEADER);
        try {
            RawRecord raw = Wire.read(header == null ? null : header.value(), RawRecord.class);
            byte[] frame = record.value() == null ? new byte[0] : record.value();
            return Optional.of(
                    new ArchiveRows.Row(raw, CompressedBody.open(frame, raw.bodyLength())));
        } catch (UnreadableMessageException e) {
            LOG.warnf(
                    "a raw record cannot be archived partition=%d offset=%d error=%s",
                    record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
