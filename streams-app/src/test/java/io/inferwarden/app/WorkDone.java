package io.inferwarden.app;

import io.inferwarden.alerting.delivery.DeliveryClients;
import io.inferwarden.app.names.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the topics of a deployment end and how far its groups have read. At rest this stays the
 * same: a marker of a transaction may lie between the two for ever, so their difference says
 * nothing.
 */
record WorkDone(long waitingEvents, Map<String, Long> offsets) {
  private static final List<String> TOPICS =
      List.of(
          Topics.INFERENCE_EVENTS,
          Topics.LEARNING_SAMPLES,
          Topics.PANE_SUMMARIES,
          Topics.MODEL_FINDINGS,
          Topics.COHORT_REPORTS,
          Topics.BASELINES,
          Topics.FINDINGS,
          Topics.INCIDENT_ACTIONS,
          Topics.INCIDENTS,
          Topics.NOTIFICATIONS);

  static WorkDone of(Admin admin, String applicationId) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(TOPICS).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  latest.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<String, Long> offsets = new TreeMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach(
            (partition, end) -> {
              ends.put(partition, end.offset());
              offsets.put("end of " + partition, end.offset());
            });
    Map<TopicPartition, Long> read = new HashMap<>();
    List<String> groups = new ArrayList<>(List.of(applicationId));
    admin.listGroups(ListGroupsOptions.forConsumerGroups()).valid().get().stream()
        .map(GroupListing::groupId)
        .filter(group -> group.startsWith(DeliveryClients.groupId(applicationId, "")))
        .forEach(groups::add);
    for (String group : groups) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, committed) -> {
                if (committed != null) {
                  if (group.equals(applicationId)) {
                    read.put(partition, committed.offset());
                  }
                  offsets.put(group + " in " + partition, committed.offset());
                }
              });
    }
    long waiting = 0;
    for (var end : ends.entrySet()) {
      if (end.getKey().topic().equals(Topics.INFERENCE_EVENTS)) {
        waiting += end.getValue() - read.getOrDefault(end.getKey(), 0L);
      }
    }
    return new WorkDone(waiting, offsets);
  }
}
