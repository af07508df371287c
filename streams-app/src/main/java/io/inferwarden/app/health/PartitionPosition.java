package io.inferwarden.app.health;

import org.apache.kafka.common.TopicPartition;

/**
 * Where the reader of a partition is.
 *
 * @param partition what is read
 * @param read the offset up to which everything is judged and committed
 * @param end the offset at which the partition ends for a reader of committed records
 * @param isReaderIdle whether the reader asks for more and there is none. What is left before the
 *     end are then markers of transactions, which nobody reads.
 */
public record PartitionPosition(
    TopicPartition partition, long read, long end, boolean isReaderIdle) {}
