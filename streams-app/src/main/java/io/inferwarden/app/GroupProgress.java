package io.inferwarden.app;

import io.inferwarden.app.topology.Topics;
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
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How much of what was sent has been judged and delivered. */
public final class GroupProgress implements AutoCloseable {
  private static final List<String> JUDGED =
      List.of(
          Topics.INFERENCE_EVENTS, Topics.LEARNING_SAMPLES, Topics.PANE_SUMMARIES, Topics.FINDINGS);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Admin admin;
  private final String applicationId;

  public GroupProgress(Map<String, Object> connection, String applicationId) {
    this.admin = Admin.create(connection);
    this.applicationId = applicationId;
  }

  /** Records that wait to be read, over all stages and the dispatcher. */
  public long lag() throws IOException, InterruptedException {
    try {
      return lagOf(applicationId, JUDGED)
          + lagOf(applicationId + "-dispatcher", List.of(Topics.INCIDENTS));
    } catch (ExecutionException e) {
      throw new IOException(KafkaFailure.message("Kafka refused", e), e);
    } catch (TimeoutException e) {
      throw new IOException("no answer from Kafka within " + ANSWER.toSeconds() + " s", e);
    }
  }

  private long lagOf(String group, List<String> topics)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic :
        admin
            .describeTopics(topics)
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
    var ends =
        admin
            .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
            .all()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    long lag = 0;
    for (var end : ends.entrySet()) {
      OffsetAndMetadata read = committed.get(end.getKey());
      lag += Math.max(0, end.getValue().offset() - (read == null ? 0 : read.offset()));
    }
    return lag;
  }

  /**
   * Waits until nothing has been left to do for a while: long enough for idle partitions to end
   * their panes.
   *
   * @param quiet how long nothing must be left to do
   * @param patience after which it gives up
   * @return whether it came to rest in time
   */
  public boolean awaitRest(Duration quiet, Duration patience, LongSupplier nanoClock)
      throws IOException, InterruptedException {
    long start = nanoClock.getAsLong();
    long busy = start;
    while (nanoClock.getAsLong() - start < patience.toNanos()) {
      if (lag() > 0) {
        busy = nanoClock.getAsLong();
      } else if (nanoClock.getAsLong() - busy >= quiet.toNanos()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
    return false;
  }

  @Override
  public void close() {
    admin.close();
  }
}
