package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.Deliverer;
import io.inferwarden.alerting.delivery.IncidentDispatcher;
import io.inferwarden.alerting.delivery.KafkaDeadLetterWriter;
import io.inferwarden.alerting.delivery.Pause;
import io.inferwarden.alerting.delivery.RetrySchedule;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.app.names.Topics;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries incidents to the sinks, in its own thread and consumer group, so that a slow receiver
 * slows no detection.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final List<IncidentSink> sinks;
  private final KafkaProducer<byte[], byte[]> deadLetters;
  private final IncidentDispatcher dispatcher;
  private final Thread thread;

  Delivery(
      Map<String, Object> connection,
      String groupId,
      List<IncidentSink> sinks,
      CollectorRegistry registry,
      long seed) {
    this.sinks = List.copyOf(sinks);
    Map<String, Object> producing = new HashMap<>(connection);
    producing.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.deadLetters =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    KafkaDeadLetterWriter writer =
        new KafkaDeadLetterWriter(deadLetters, Topics.DEAD_LETTER_NOTIFICATIONS);
    AlertingMetrics metrics = new AlertingMetrics(registry);
    List<Deliverer> deliverers = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom(seed);
    for (IncidentSink sink : sinks) {
      RetrySchedule schedule = new RetrySchedule(ATTEMPTS, FIRST_WAIT, LONGEST_WAIT, seeds.split());
      deliverers.add(new Deliverer(sink, schedule, Pause.SLEEP, writer, metrics));
    }
    this.dispatcher =
        new IncidentDispatcher(
            new KafkaConsumer<>(IncidentDispatcher.consumerConfiguration(connection, groupId)),
            Topics.INCIDENTS,
            deliverers,
            writer,
            Pause.SLEEP,
            metrics);
    this.thread = new Thread(dispatcher, "incident-dispatcher");
    thread.setUncaughtExceptionHandler(
        (where, error) -> LOG.error("Incidents are no longer delivered", error));
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    dispatcher.close();
    deadLetters.close();
    sinks.forEach(IncidentSink::close);
  }
}
