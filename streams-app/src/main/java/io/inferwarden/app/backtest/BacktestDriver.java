package io.inferwarden.app.backtest;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.failure.CountErrors;
import io.inferwarden.app.failure.DropUnreadableRecord;
import io.inferwarden.app.failure.StopOnFailedProduction;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.topology.DetectionTopology;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * Runs the topology of production over recorded events in one thread, as fast as it goes and
 * without a broker. State needs no changelog here, since nothing is to be restored; else nothing
 * differs.
 */
public final class BacktestDriver implements AutoCloseable {
  private static final int DRAIN_EVERY = 512;

  /** The stages look around this often. */
  private static final Duration TICK = Duration.ofMillis(200);

  /** How long the stages take to tell each other that the last panes are over. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private static final List<String> OUTPUTS =
      List.of(
          Topics.LEARNING_SAMPLES,
          Topics.PANE_SUMMARIES,
          Topics.MODEL_FINDINGS,
          Topics.COHORT_REPORTS,
          Topics.FINDINGS,
          Topics.INCIDENT_ACTIONS,
          Topics.INCIDENT_BOOK,
          Topics.NOTIFICATIONS,
          Topics.DELIVERIES,
          Topics.DEAD_LETTER_EVENTS);

  private final DetectionSettings settings;
  private final CollectorRegistry registry = new CollectorRegistry();
  private final Path stateFolder;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestOutputTopic<byte[], byte[]> incidentTopic;
  private final TestOutputTopic<byte[], byte[]> baselineTopic;
  private final List<TestOutputTopic<byte[], byte[]>> drained = new ArrayList<>();
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();
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
      Consumer<Incident> onIncident)
      throws IOException {
    this.settings = settings;
    this.onIncident = onIncident;
    this.nowMillis = now.toEpochMilli();
    this.stateFolder = Files.createTempDirectory("inferwarden-backtest-");
    AppMetrics metrics = new AppMetrics(registry);
    this.driver =
        new TopologyTestDriver(
            DetectionTopology.build(settings, AlertRouting.none(), metrics),
            properties(metrics),
            now);
    this.events =
        driver.createInputTopic(
            Topics.INFERENCE_EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
    this.incidentTopic = output(Topics.INCIDENTS);
    this.baselineTopic = output(Topics.BASELINES);
    OUTPUTS.forEach(topic -> drained.add(output(topic)));
    input(Topics.POLICIES)
        .pipeInput(
            PolicyRegistry.KEY.getBytes(StandardCharsets.UTF_8),
            policy.toJson().getBytes(StandardCharsets.UTF_8));
    TestInputTopic<byte[], byte[]> known = input(Topics.BASELINES);
    for (BaselineRecord baseline : baselines) {
      known.pipeInput(baseline.topicKey().getBytes(StandardCharsets.UTF_8), baseline.toBytes());
    }
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Properties properties(AppMetrics metrics) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "inferwarden-backtest");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "no-broker:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DropUnreadableRecord.class);
    properties.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, StopOnFailedProduction.class);
    properties.put(CountErrors.METRICS, metrics);
    // There is one partition, and the driver empties every queue before the next event: nothing to
    // wait for.
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    return properties;
  }

  /** Judges one event, or something that becomes a dead letter. */
  public void accept(byte[] json) {
    accept(EventFeed.Line.of(json, parser, event, nowMillis, 1));
  }

  /** Judges one line of a file: an event, or something that becomes a dead letter. */
  public void accept(EventFeed.Line line) {
    received++;
    String principal = line.principal();
    if (principal != null) {
      queries.record(principal, line.model(), line.timeMillis());
      firstMillis = Math.min(firstMillis, line.timeMillis());
      lastMillis = Math.max(lastMillis, line.timeMillis());
    }
    events.pipeInput(null, line.json());
    if (received % DRAIN_EVERY == 0) {
      drain();
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
      driver.advanceWallClockTime(TICK);
    }
    drain();
  }

  private void drain() {
    for (TestOutputTopic<byte[], byte[]> topic : drained) {
      topic.readRecordsToList();
    }
    baselineTopic.readValuesToList().forEach(bytes -> learned.add(BaselineRecord.fromBytes(bytes)));
    for (byte[] json : incidentTopic.readValuesToList()) {
      Incident incident = IncidentJson.fromJson(json);
      history.accept(incident);
      onIncident.accept(incident);
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
  public void close() throws IOException {
    driver.close();
    Utils.delete(stateFolder.toFile());
  }
}
