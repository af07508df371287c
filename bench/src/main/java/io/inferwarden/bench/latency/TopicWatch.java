package io.inferwarden.bench.latency;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.feed.LedgerInput;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.message.CohortMessageSerde;
import io.inferwarden.app.names.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what the stages tell each other, as they do: only what is committed. The broker's own time
 * of a record is when it was written; when it comes here is when it could be read.
 */
final class TopicWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Journeys journeys;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<CohortMessage> messages = new CohortMessageSerde().deserializer();
  private final long[] momentsMillis;

  /** Reports that wait for the partitions, by event time. */
  private final TreeMap<Long, List<String>> waiting = new TreeMap<>();

  private final Thread thread;
  private volatile boolean isStopped;

  TopicWatch(Map<String, Object> connection, int partitions, Journeys journeys) {
    this.journeys = journeys;
    this.momentsMillis = new long[partitions];
    Arrays.fill(momentsMillis, Long.MIN_VALUE);
    Map<String, Object> config = new HashMap<>(connection);
    config.put("isolation.level", "read_committed");
    config.put("fetch.min.bytes", 1);
    consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        List.of(Topics.COHORT_REPORTS, Topics.FINDINGS, Topics.INCIDENTS).stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    thread = new Thread(this::read, "topic-watch");
  }

  /** Watches from what is written next. */
  void start() {
    thread.start();
  }

  private void read() {
    while (!isStopped) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long now = System.currentTimeMillis();
        switch (record.topic()) {
          case Topics.COHORT_REPORTS -> hear(record, now);
          case Topics.FINDINGS -> finding(record, now);
          default -> incident(record, now);
        }
      }
    }
    consumer.close();
  }

  private void hear(ConsumerRecord<byte[], byte[]> record, long now) {
    CohortMessage message = messages.deserialize(record.topic(), record.value());
    if (message instanceof CohortMessage.Moment moment) {
      momentsMillis[moment.partition()] = moment.timeMillis();
      long all = Arrays.stream(momentsMillis).min().orElseThrow();
      Map<Long, List<String>> due = waiting.headMap(all);
      due.values().forEach(keys -> keys.forEach(key -> pass(key, Stage.MOMENTS_READABLE, now)));
      due.clear();
    } else if (message instanceof CohortMessage.Standing standing && standing.finding() != null) {
      Finding finding = standing.finding();
      String key = Journeys.key(finding.model(), finding.atMillis());
      pass(key, Stage.REPORT_WRITTEN, record.timestamp());
      pass(key, Stage.REPORT_READABLE, now);
      waiting.computeIfAbsent(finding.atMillis(), first -> new ArrayList<>()).add(key);
    }
  }

  private void finding(ConsumerRecord<byte[], byte[]> record, long now) {
    if (LedgerInput.fromJson(record.value()) instanceof Finding finding) {
      String key = Journeys.key(finding.model(), finding.atMillis());
      pass(key, Stage.FINDING_WRITTEN, record.timestamp());
      pass(key, Stage.FINDING_READABLE, now);
    }
  }

  private void incident(ConsumerRecord<byte[], byte[]> record, long now) {
    Incident incident = IncidentJson.fromJson(record.value());
    String key = Journeys.key(incident.model(), incident.lastSeenAtMillis());
    pass(key, Stage.INCIDENT_WRITTEN, record.timestamp());
    pass(key, Stage.INCIDENT_READABLE, now);
  }

  private void pass(String key, Stage stage, long atMillis) {
    journeys.pass(key, stage, atMillis);
  }

  @Override
  public void close() {
    isStopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
