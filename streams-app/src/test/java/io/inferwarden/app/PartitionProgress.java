package io.inferwarden.app;

import io.inferwarden.app.names.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How far a deployment has judged each partition of the events. */
final class PartitionProgress implements AutoCloseable {
  private final Admin admin;
  private final String applicationId;

  PartitionProgress(String bootstrapServers, String applicationId) {
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.applicationId = applicationId;
  }

  /** Where the partitions end. */
  Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < TestBroker.PARTITIONS; partition++) {
      latest.put(new TopicPartition(Topics.INFERENCE_EVENTS, partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin.listOffsets(latest).all().get().forEach((key, end) -> ends.put(key, end.offset()));
    return ends;
  }

  /** Whether all that stands before these places is judged, in every partition. */
  boolean hasPassed(Map<TopicPartition, Long> places)
      throws ExecutionException, InterruptedException {
    var committed =
        admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata().get();
    return places.entrySet().stream()
        .allMatch(
            place -> {
              var judged = committed.get(place.getKey());
              return judged != null && judged.offset() >= place.getValue();
            });
  }

  /** Waits until every event that is in the log now is judged, whichever partition it is in. */
  void awaitRecovery(String after, Duration patience) throws Exception {
    Map<TopicPartition, Long> now = ends();
    Patience.until("all partitions go on after " + after, patience, () -> hasPassed(now));
  }

  /**
   * The instance that judges most partitions of the events.
   *
   * @param ids of the instances; the members of the group are named after them
   */
  String busiest(Set<String> ids) throws ExecutionException, InterruptedException {
    Map<String, Long> partitions = new TreeMap<>();
    for (MemberDescription member :
        admin
            .describeConsumerGroups(List.of(applicationId))
            .all()
            .get()
            .get(applicationId)
            .members()) {
      String name = member.groupInstanceId().orElseThrow();
      long judged =
          member.assignment().topicPartitions().stream()
              .filter(partition -> partition.topic().equals(Topics.INFERENCE_EVENTS))
              .count();
      ids.stream()
          .filter(id -> name.startsWith(id + "-"))
          .forEach(id -> partitions.merge(id, judged, Long::sum));
    }
    return Collections.max(partitions.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  @Override
  public void close() {
    admin.close();
  }
}
