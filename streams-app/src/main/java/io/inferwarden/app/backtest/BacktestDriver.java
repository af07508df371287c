package io.inferwarden.app.backtest;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.processor.Stages;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.topology.DetectionTopology;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs the topology of production over recorded events in one thread, as fast as it goes and
 * without a broker. State needs no changelog here, since nothing is to be restored; else nothing
 * differs.
 */
public final class BacktestDriver implements AutoCloseable {
  /** What stores keep for a commit stays small. */
  private static final int COMMIT_EVERY = 512;

  /** The stages look around this often. */
  private static final Duration TICK = Duration.ofMillis(200);

  /** How long the stages take to tell each other that the last panes are over. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final DetectionSettings settings;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final TopologyRun topology;
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();
  private final ReadAhead reading = new ReadAhead();
  private final QueryLog queries = new QueryLog();
  private final IncidentHistory history = new IncidentHistory();
  private final List<BaselineRecord> learned = new ArrayList<>();
  private final Consumer<Incident> onIncident;
  private final long nowMillis;
  private long received;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  /**
   * @param settings of the policy that is tried, without changelogs and with one partition
   * @param policy that is tried
   * @param baselines that are known beforehand; other model versions are learned from the events
   * @param now the time that it is; events of a later time than an hour from now are rejected
   * @param onIncident hears of each incident and of each change of one, as it happens
   */
  public BacktestDriver(
      DetectionSettings settings,
      Policy policy,
      List<BaselineRecord> baselines,
      Instant now,
      Consumer<Incident> onIncident) {
    this.settings = settings;
    this.onIncident = onIncident;
    this.nowMillis = now.toEpochMilli();
    this.topology =
        new TopologyRun(
            DetectionTopology.wire(
                new RecordedTopology(),
                new Stages(settings, AlertRouting.none(), new AppMetrics(registry), () -> reading)),
            now,
            this::hear);
    topology.pipe(
        Topics.POLICIES,
        PolicyRegistry.KEY.getBytes(StandardCharsets.UTF_8),
        policy.toJson().getBytes(StandardCharsets.UTF_8));
    for (BaselineRecord baseline : baselines) {
      topology.pipe(
          Topics.BASELINES,
          baseline.topicKey().getBytes(StandardCharsets.UTF_8),
          baseline.toBytes());
    }
  }

  private void hear(TopologyRun.Written written) {
    byte[] value = written.value();
    if (value == null) {
      return;
    }
    if (written.topic().equals(Topics.BASELINES)) {
      learned.add(BaselineRecord.fromBytes(value));
    } else if (written.topic().equals(Topics.INCIDENTS)) {
      Incident incident = IncidentJson.fromJson(value);
      history.accept(incident);
      onIncident.accept(incident);
    }
  }

  /** Judges one event, or something that becomes a dead letter. */
  public void accept(byte[] json) {
    accept(EventFeed.Line.of(json, parser, event, nowMillis, 1));
  }

  /** Judges one line of a file: an event, or something that becomes a dead letter. */
  private void accept(EventFeed.Line line) {
    received++;
    String principal = line.principal();
    if (principal != null) {
      queries.record(principal, line.model(), line.timeMillis());
      firstMillis = Math.min(firstMillis, line.timeMillis());
      lastMillis = Math.max(lastMillis, line.timeMillis());
    }
    reading.next(line);
    topology.pipe(Topics.INFERENCE_EVENTS, null, line.json());
    if (received % COMMIT_EVERY == 0) {
      topology.commit();
    }
  }

  /** Judges all lines of files and what follows from their end; tells how far it has come. */
  public void acceptAll(List<Path> files, BiConsumer<Long, Double> progress)
      throws IOException, InterruptedException {
    try (EventFeed feed = new EventFeed(files, nowMillis)) {
      for (List<EventFeed.Line> lines = feed.next(); !lines.isEmpty(); lines = feed.next()) {
        lines.forEach(this::accept);
        progress.accept(received, lines.get(lines.size() - 1).fractionRead());
      }
    }
    finish();
  }

  /** Says that there are no more events: the last panes end. */
  public void finish() {
    Duration rest = settings.idleAfter().plus(SETTLE);
    for (Duration passed = Duration.ZERO; passed.compareTo(rest) < 0; passed = passed.plus(TICK)) {
      topology.advance(TICK);
    }
  }

  /** What the run left behind, to be scored. */
  public BacktestRun result(double seconds) {
    long watchedMillis = Math.max(0, lastMillis - firstMillis - settings.learning().toMillis());
    double weeks = received == 0 ? 0 : watchedMillis / (double) Duration.ofDays(7).toMillis();
    return new BacktestRun(
        (long) sample("inferwarden_events_processed_total"),
        (long) sample("inferwarden_events_rejected_total"),
        seconds,
        queries,
        history.all(),
        settings.budget().falseIncidentsPerWeek() * weeks,
        sample("inferwarden_alarm_budget_spent_total"));
  }

  /** The baselines that were learned from the events. */
  public List<BaselineRecord> learned() {
    return List.copyOf(learned);
  }

  /** The sum of a metric over its labels. */
  public double sample(String name) {
    double sum = 0;
    for (Collector.MetricFamilySamples family :
        java.util.Collections.list(registry.metricFamilySamples())) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        if (sample.name.equals(name)) {
          sum += sample.value;
        }
      }
    }
    return sum;
  }

  @Override
  public void close() {
    topology.close();
  }
}
