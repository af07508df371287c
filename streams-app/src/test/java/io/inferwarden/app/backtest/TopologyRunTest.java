package io.inferwarden.app.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.processor.Stages;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.app.topology.DetectionTopology;
import io.prometheus.client.CollectorRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backtest runs the topology as Kafka's own test driver does: the same records in every topic, to
 * the byte and in the same order.
 */
class TopologyRunTest {
  private static final Instant START = Instant.parse("2025-06-02T00:00:00Z");
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Policy POLICY = Policy.defaults();
  private static final DetectionSettings SETTINGS = SettingsOf.policy(POLICY, 1, false);

  @TempDir Path folder;

  /** Two runs of the same events; what was written is compared, not kept twice. */
  private void assertSameRecords(List<byte[]> events) {
    Map<String, List<String>> expected = inTestDriver(events);
    Map<String, List<String>> written = inTopologyRun(events);

    assertThat(written.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (topic, records) -> assertThat(written.get(topic)).as(topic).isEqualTo(records));
    assertThat(expected.get(Topics.INCIDENTS)).hasSizeGreaterThan(1);
  }

  private Map<String, List<String>> inTopologyRun(List<byte[]> events) {
    Map<String, List<String>> written = new TreeMap<>();
    try (TopologyRun run =
        new TopologyRun(
            wire(new RecordedTopology()),
            NOW,
            record ->
                written
                    .computeIfAbsent(record.topic(), topic -> new ArrayList<>())
                    .add(shown(record.key(), record.value(), record.timeMillis())))) {
      run.pipe(
          Topics.POLICIES, PolicyRegistry.KEY.getBytes(UTF_8), POLICY.toJson().getBytes(UTF_8));
      for (int i = 0; i < events.size(); i++) {
        run.pipe(Topics.INFERENCE_EVENTS, null, events.get(i));
        if (i % 512 == 0) {
          run.commit();
        }
      }
      idle(() -> run.advance(TICK));
    }
    return written;
  }

  private Map<String, List<String>> inTestDriver(List<byte[]> events) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "compared");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "no-broker:9092");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    properties.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (TopologyTestDriver driver =
        new TopologyTestDriver(wire(new Topology()), properties, NOW)) {
      driver
          .createInputTopic(Topics.POLICIES, bytes, bytes)
          .pipeInput(PolicyRegistry.KEY.getBytes(UTF_8), POLICY.toJson().getBytes(UTF_8));
      TestInputTopic<byte[], byte[]> input =
          driver.createInputTopic(Topics.INFERENCE_EVENTS, bytes, bytes);
      events.forEach(event -> input.pipeInput(null, event));
      idle(() -> driver.advanceWallClockTime(TICK));
      return writtenIn(driver);
    }
  }

  private static Map<String, List<String>> writtenIn(TopologyTestDriver driver) {
    Map<String, List<String>> written = new TreeMap<>();
    for (String topic : driver.producedTopicNames()) {
      List<TestRecord<byte[], byte[]>> records =
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList();
      written.put(
          topic,
          records.stream()
              .map(record -> shown(record.key(), record.value(), record.timestamp()))
              .toList());
    }
    return written;
  }

  private static <T extends Topology> T wire(T topology) {
    return DetectionTopology.wire(topology, stages(SETTINGS));
  }

  private static Stages stages(DetectionSettings settings) {
    return new Stages(settings, AlertRouting.none(), new AppMetrics(new CollectorRegistry()));
  }

  private static void idle(Runnable tick) {
    Duration rest = POLICY.idleAfter().plusSeconds(2);
    for (Duration passed = Duration.ZERO; passed.compareTo(rest) < 0; passed = passed.plus(TICK)) {
      tick.run();
    }
  }

  private static String shown(byte[] key, byte[] value, long timeMillis) {
    return timeMillis + " " + hex(key) + " " + hex(value);
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  @Test
  void writesWhatTheTestDriverWritesOfTheDemo() {
    List<byte[]> events = new ArrayList<>();
    DemoWorld.create(7, START.toEpochMilli())
        .events()
        .forEach(
            event -> {
              events.add(event.json());
              if (events.size() % 1_000 == 0) {
                events.add("no event".getBytes(UTF_8));
                events.add(event.json()); // the same id again
              }
            });

    assertSameRecords(events);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-outputs-s54", "llm-mcsyn-1h-s53"})
  void writesWhatTheTestDriverWritesOfATrace(String trace) throws IOException {
    Path file =
        Path.of(System.getProperty("inferwarden.shared", "none"), "traces", trace + ".jsonl.gz");
    assumeThat(file).exists();
    List<byte[]> events;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      events = lines.lines().map(line -> line.getBytes(UTF_8)).toList();
    }

    assertSameRecords(events);
  }

  @Test
  void refusesStoresWithChangelogs() {
    DetectionSettings logged = SettingsOf.policy(POLICY, 1, true);
    RecordedTopology topology = DetectionTopology.wire(new RecordedTopology(), stages(logged));

    assertThatThrownBy(() -> new TopologyRun(topology, NOW, record -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without changelogs");
  }

  @Test
  void refusesATopologyWithPartsThatItDoesNotKnow() {
    RecordedTopology topology = wire(new RecordedTopology());
    topology.addSink("another", Topics.DEAD_LETTER_EVENTS, "watch-events");

    assertThatThrownBy(() -> new TopologyRun(topology, NOW, record -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another");
  }
}
