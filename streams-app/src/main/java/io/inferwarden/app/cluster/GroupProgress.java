package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.DeliveryClients;
import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How much of what was sent has been judged and delivered. */
public final class GroupProgress implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of(
          Topics.INFERENCE_EVENTS,
          Topics.LEARNING_SAMPLES,
          Topics.PANE_SUMMARIES,
          Topics.MODEL_FINDINGS,
          Topics.COHORT_REPORTS,
          Topics.FINDINGS,
          Topics.INCIDENT_ACTIONS,
          Topics.NOTIFICATIONS);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Admin admin;
  private final String applicationId;

  public GroupProgress(Map<String, Object> connection, String applicationId) {
    this.admin = Admin.create(connection);
    this.applicationId = applicationId;
  }

  /** Where all stages and the workers of all sinks are, and where their topics end. */
  private record Position(
      long waitingEvents,
      Map<String, Map<TopicPartition, Long>> readByGroup,
      Map<TopicPartition, Long> ends) {}

  private Position position() throws IOException, InterruptedException {
    try {
      Map<TopicPartition, Long> ends = ends();
      Map<TopicPartition, Long> read = read(applicationId);
      Map<String, Map<TopicPartition, Long>> readByGroup = new HashMap<>();
      readByGroup.put(applicationId, read);
      for (String group : groupsOfSinks()) {
        readByGroup.put(group, read(group));
      }
      long waiting = 0;
      for (var end : ends.entrySet()) {
        if (end.getKey().topic().equals(Topics.INFERENCE_EVENTS)) {
          waiting += Math.max(0, end.getValue() - read.getOrDefault(end.getKey(), 0L));
        }
      }
      return new Position(waiting, readByGroup, ends);
    } catch (ExecutionException e) {
      throw new IOException(KafkaFailure.message("Kafka refused", e), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer from Kafka within " + ANSWER.toSeconds() + " s", e);
    }
  }

  private Map<TopicPartition, Long> ends()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic :
        admin
            .describeTopics(TOPICS)
            .allTopicNames()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
            .values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  latest.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private List<String> groupsOfSinks()
      throws ExecutionException, InterruptedException, TimeoutException {
    String prefix = DeliveryClients.groupId(applicationId, "");
    return admin
        .listGroups(ListGroupsOptions.forConsumerGroups())
        .valid()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .stream()
        .map(GroupListing::groupId)
        .filter(group -> group.startsWith(prefix))
        .sorted()
        .toList();
  }

  private Map<TopicPartition, Long> read(String group)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, Long> read = new HashMap<>();
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                read.put(partition, committed.offset());
              }
            });
    return read;
  }

  /**
   * Waits until all events are read and nothing has moved for a while: long enough for idle
   * partitions to end their panes. (Behind a topic that is written in transactions the last thing
   * is a marker, which no reader passes; so what is waited for is rest, not a lag of zero.)
   *
   * @param quiet how long nothing must move
   * @param patience after which it gives up
   * @return whether it came to rest in time
   */
  public boolean awaitRest(Duration quiet, Duration patience, LongSupplier nanoClock)
      throws IOException, InterruptedException {
    long start = nanoClock.getAsLong();
    long moved = start;
    Position before = position();
    while (nanoClock.getAsLong() - start < patience.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      Position now = position();
      if (now.waitingEvents() > 0 || !now.equals(before)) {
        moved = nanoClock.getAsLong();
        before = now;
      } else if (nanoClock.getAsLong() - moved >= quiet.toNanos()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    admin.close();
  }
}
