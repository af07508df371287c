package io.inferwarden.app.topology;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentActionJson;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.failure.CountErrors;
import io.inferwarden.app.failure.DropUnreadableRecord;
import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.message.PaneMessageSerde;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.app.state.ObjectStore;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The built topology in Kafka's test driver: fed as by a gateway, read as by a consumer. */
final class DrivenTopology implements AutoCloseable {
  private static final String APPLICATION_ID = "driven";
  private static final Duration LOOK = Duration.ofMillis(200);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> events;
  private final TestInputTopic<String, byte[]> baselineInput;
  private final TestInputTopic<String, byte[]> policyInput;
  private final TestOutputTopic<byte[], Incident> incidents;
  private final TestOutputTopic<byte[], Notification> notifications;
  private final TestOutputTopic<byte[], Delivery> deliveries;
  private final TestOutputTopic<byte[], byte[]> baselines;
  private final TestOutputTopic<byte[], byte[]> deadLetters;
  private final TestOutputTopic<byte[], PaneMessage> panes;

  /** Failures of a stage are not survived here, so that a test fails with them. */
  DrivenTopology(DetectionSettings settings, Instant now, Path stateFolder) {
    this(settings, AlertRouting.none(), now, stateFolder);
  }

  /** With somebody to tell. */
  DrivenTopology(DetectionSettings settings, AlertRouting routing, Instant now, Path stateFolder) {
    AppMetrics metrics = new AppMetrics(registry);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "no-broker:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DropUnreadableRecord.class);
    properties.put(CountErrors.METRICS, metrics);
    driver =
        new TopologyTestDriver(
            DetectionTopology.build(settings, routing, metrics), properties, now);
    ByteArraySerializer bytes = new ByteArraySerializer();
    events = driver.createInputTopic(Topics.INFERENCE_EVENTS, bytes, bytes);
    baselineInput = driver.createInputTopic(Topics.BASELINES, new StringSerializer(), bytes);
    policyInput = driver.createInputTopic(Topics.POLICIES, new StringSerializer(), bytes);
    incidents = output(Topics.INCIDENTS, IncidentJson.serde().deserializer());
    baselines = output(Topics.BASELINES, new ByteArrayDeserializer());
    deadLetters = output(Topics.DEAD_LETTER_EVENTS, new ByteArrayDeserializer());
    notifications = output(Topics.NOTIFICATIONS, NotificationJson.serde().deserializer());
    deliveries = output(Topics.DELIVERIES, DeliveryJson.serde().deserializer());
    panes = output(Topics.PANE_SUMMARIES, new PaneMessageSerde().deserializer());
  }

  static DetectionSettings defaults() {
    return SettingsOf.policy(Policy.defaults(), 1, false);
  }

  private <V> TestOutputTopic<byte[], V> output(String topic, Deserializer<V> values) {
    return driver.createOutputTopic(topic, new ByteArrayDeserializer(), values);
  }

  void accept(byte[] json) {
    events.pipeInput(null, json);
  }

  void accept(String json) {
    accept(json.getBytes(StandardCharsets.UTF_8));
  }

  void accept(List<byte[]> lines) {
    lines.forEach(this::accept);
  }

  void promote(BaselineRecord baseline) {
    baselineInput.pipeInput(baseline.topicKey(), baseline.toBytes());
  }

  void declare(Policy policy) {
    policyInput.pipeInput(PolicyRegistry.KEY, policy.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** A finding, as if a judge had raised it. */
  void find(Finding finding) {
    driver
        .createInputTopic(Topics.FINDINGS, new StringSerializer(), FindingJson.serde().serializer())
        .pipeInput(finding.subject(), finding);
  }

  /** How far event time has come, as the fleet stage tells it behind what was found so far. */
  void pass(long eventTimeMillis) {
    driver
        .createInputTopic(
            Topics.FINDINGS, new StringSerializer(), IncidentActionJson.serde().serializer())
        .pipeInput("", new IncidentAction.Moment(eventTimeMillis));
  }

  /** What somebody does to an incident. */
  void act(String subject, IncidentAction action) {
    driver
        .createInputTopic(
            Topics.INCIDENT_ACTIONS,
            new StringSerializer(),
            IncidentActionJson.serde().serializer())
        .pipeInput(subject, action);
  }

  void silence(Silence silence) {
    driver
        .createInputTopic(Topics.SILENCES, new StringSerializer(), SilenceJson.serde().serializer())
        .pipeInput(silence.id(), silence);
  }

  /** What was put into the outbox since the last call. */
  List<Notification> notifications() {
    return notifications.readValuesToList();
  }

  /** What was entered in the ledger since the last call. */
  List<Delivery> deliveries() {
    return deliveries.readValuesToList();
  }

  /** Bytes that another program put into a topic between the stages. */
  void disturb(String topic, byte[] bytes) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(null, bytes);
  }

  /** Lets the partition be idle for long enough that its last panes end and are judged. */
  void endOfEvents() {
    idle(Policy.defaults().idleAfter().plusSeconds(2));
  }

  /** Lets time pass as it does, a punctuation after the other. */
  void idle(Duration length) {
    for (long left = length.toMillis(); left > 0; left -= LOOK.toMillis()) {
      driver.advanceWallClockTime(LOOK);
    }
  }

  /**
   * Incidents since the last call, each change of one. That a model has too few principals to judge
   * them is left out: so it is with most models of the demo.
   */
  List<Incident> incidents() {
    return allIncidents().stream().filter(incident -> !saysPrincipalsAreBlind(incident)).toList();
  }

  /** Incidents since the last call, without exception. */
  List<Incident> allIncidents() {
    return incidents.readValuesToList();
  }

  static boolean saysPrincipalsAreBlind(Incident incident) {
    return incident.kind() == IncidentKind.BLIND
        && incident.evidence().stream().anyMatch(reason -> reason.signal().equals("principals"));
  }

  /** Baselines learned since the last call. */
  List<BaselineRecord> learned() {
    return baselines.readValuesToList().stream().map(BaselineRecord::fromBytes).toList();
  }

  /** Dead letters since the last call, as JSON. */
  List<String> deadLetters() {
    return deadLetters.readValuesToList().stream()
        .map(json -> new String(json, StandardCharsets.UTF_8))
        .toList();
  }

  /** What the judge of models has heard since the last call. */
  List<PaneMessage> paneMessages() {
    return panes.readValuesToList();
  }

  /** Looks whether changelogs, where the settings want them, hold what the stores hold. */
  ChangelogAudit changelogAudit() {
    return new ChangelogAudit(driver, APPLICATION_ID);
  }

  /** All that was written since the last call, by topic in its order; changelogs as well. */
  Map<String, List<TestRecord<byte[], byte[]>>> written() {
    Map<String, List<TestRecord<byte[], byte[]>>> written = new TreeMap<>();
    for (String topic : driver.producedTopicNames()) {
      written.put(topic, output(topic, new ByteArrayDeserializer()).readRecordsToList());
    }
    return written;
  }

  /** The stores that have changelogs, by name. */
  Map<String, ObjectStore<?>> stores() {
    Map<String, ObjectStore<?>> stores = new TreeMap<>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (store instanceof ObjectStore<?> objects) {
                stores.put(name, objects);
              }
            });
    return stores;
  }

  /** The topic that keeps a store. */
  static String changelogOf(String store) {
    return APPLICATION_ID + "-" + store + "-changelog";
  }

  /** A metric, summed over its labels. */
  double metric(String name) {
    double sum = 0;
    for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
      for (Collector.MetricFamilySamples.Sample sample : family.samples) {
        if (sample.name.equals(name)) {
          sum += sample.value;
        }
      }
    }
    return sum;
  }

  /** The samples of a metric. */
  List<Collector.MetricFamilySamples.Sample> samples(String name) {
    return Collections.list(registry.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(name))
        .toList();
  }

  /** All metrics as Prometheus reads them. */
  String exposition() throws IOException {
    StringWriter text = new StringWriter();
    TextFormat.write004(text, registry.metricFamilySamples());
    return text.toString();
  }

  double metric(String name, String label, String value) {
    Double found = registry.getSampleValue(name, new String[] {label}, new String[] {value});
    return found == null ? 0 : found;
  }

  @Override
  public void close() {
    driver.close();
  }
}
