package io.jarvix.collector;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/// Counts how often each partition of the tasks was taken away. A task of an earlier count is
/// another collector's by now, and is dropped before its request goes out.
@ApplicationScoped
@Identifier("collector-urls-in")
class PartitionEpochs implements KafkaConsumerRebalanceListener {

    private final ConcurrentMap<Integer, Integer> epochs = new ConcurrentHashMap<>();

    int of(int partition) {
        return epochs.getOrDefault(partition, 0);
    }

    @Override
    public void onPartitionsRevoked(
            Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            epochs.merge(partition.partition(), 1, Integer::sum);
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        onPartitionsRevoked(consumer, partitions);
    }
}
