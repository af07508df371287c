package io.inferwarden.app.cluster;

import io.inferwarden.app.health.PartitionPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka what health depends on. One that does not answer within five seconds is silent. */
final class KafkaQuestions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaQuestions.class);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Admin admin;
  private boolean wasSilent;

  KafkaQuestions(Map<String, Object> connection) {
    Map<String, Object> asking = new HashMap<>(connection);
    asking.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    asking.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    this.admin = Admin.create(asking);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException, TimeoutException;
  }

  /** Whether Kafka answers at all. */
  boolean answers() {
    return answer(() -> get(admin.describeCluster().clusterId())).isPresent();
  }

  /**
   * Where a group is in partitions, and where they end; nothing when Kafka is silent.
   *
   * @param isReaderIdle whether the reader of a partition asks for more and gets nothing
   */
  Optional<List<PartitionPosition>> positions(
      String group, Set<TopicPartition> partitions, Predicate<TopicPartition> isReaderIdle) {
    return answer(
        () -> {
          Map<TopicPartition, Long> read = read(group, partitions);
          Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
          List<PartitionPosition> positions = new ArrayList<>();
          for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            positions.add(
                new PartitionPosition(
                    partition,
                    read.getOrDefault(partition, end),
                    end,
                    isReaderIdle.test(partition)));
          }
          return positions;
        });
  }

  /** What is committed; where nothing is, reading begins with what the partition still holds. */
  private Map<TopicPartition, Long> read(String group, Set<TopicPartition> partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> read = new HashMap<>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, committed) -> {
              if (committed != null && partitions.contains(partition)) {
                read.put(partition, committed.offset());
              }
            });
    List<TopicPartition> unread =
        partitions.stream().filter(partition -> !read.containsKey(partition)).toList();
    read.putAll(offsets(unread, OffsetSpec.earliest()));
    return read;
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static <T> T get(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> Optional<T> answer(Question<T> question) {
    try {
      T answer = question.ask();
      if (wasSilent) {
        wasSilent = false;
        LOG.info("Kafka answers again");
      }
      return Optional.of(answer);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      if (!wasSilent) {
        wasSilent = true;
        LOG.warn("Kafka does not say how far its groups are: {}", e.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
