package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.DeliveryClients;
import io.inferwarden.alerting.delivery.DeliveryHistory;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.delivery.DeliveryTopics;
import io.inferwarden.alerting.delivery.SinkTrouble;
import io.inferwarden.alerting.delivery.SinkWorker;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.app.health.WorkerThread;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries notifications to the sinks, each in its own thread and consumer group, so that a slow
 * receiver slows neither detection nor the others.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** A sink and how it is told. */
  record Told(IncidentSink sink, DeliverySettings settings) {}

  private final List<Told> told;
  private final List<SinkWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param instance the name that this process keeps over restarts, if it does
   * @param trouble is told when a sink is of no use any more
   * @param history what was tried before this process began
   */
  Delivery(
      Map<String, Object> connection,
      String applicationId,
      Optional<String> instance,
      List<Told> told,
      AlertingMetrics metrics,
      SinkTrouble trouble,
      DeliveryHistory history,
      InstantSource clock) {
    this.told = List.copyOf(told);
    String name = instance.orElseGet(() -> UUID.randomUUID().toString());
    DeliveryClients clients =
        DeliveryClients.of(connection, applicationId, name, instance.isPresent());
    SplittableRandom seeds = new SplittableRandom(clock.millis());
    for (Told each : told) {
      SinkWorker worker =
          new SinkWorker(
              each.sink,
              each.settings,
              DeliveryTopics.PLATFORM,
              clients,
              metrics,
              trouble,
              history,
              clock,
              seeds.split());
      Thread thread = new Thread(worker, "sink-" + each.sink.name());
      thread.setUncaughtExceptionHandler(
          (where, error) -> LOG.error("{} no longer delivers", where.getName(), error));
      workers.add(worker);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /** The thread of each sink, as it is now. */
  List<WorkerThread> workers() {
    return threads.stream()
        .map(thread -> new WorkerThread(thread.getName(), thread.getState().name(), 0))
        .toList();
  }

  @Override
  public void close() {
    workers.parallelStream().forEach(SinkWorker::close);
    told.forEach(each -> each.sink.close());
  }
}
