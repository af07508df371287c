package io.inferwarden.app.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.route.Match;
import io.inferwarden.alerting.route.RoutingPlan;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.alerting.route.Silence;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Records what the present code leaves in changelogs and topics: run once for a release, before it
 * is published, with the folder {@code streams-app/src/test/resources/recorded-state/RELEASE}. What
 * a release left is never recorded again: {@link RecordedStateTest} holds every later one to it.
 */
final class RecordState {
  /** So many records of a store are enough to know its form. */
  private static final int MOST_OF_A_STORE = 12;

  /** So many records of a topic, from its end and from its beginning. */
  private static final int MOST_OF_A_TOPIC = 4;

  private static final int MOST_PRINCIPALS = 100;
  private static final String SINK = "soc";

  private static final long UNTIL_MILLIS =
      DemoSlice.START_MILLIS + DemoSlice.DAY_MILLIS + 12 * DemoSlice.HOUR_MILLIS;
  private static final Instant AFTERWARDS =
      Instant.ofEpochMilli(DemoSlice.START_MILLIS + 3 * DemoSlice.DAY_MILLIS);
  private static final int PORTION = 500;

  private final Map<String, TreeMap<String, byte[]>> stores = new TreeMap<>();
  private final Map<String, List<RecordedState.Entry>> topics = new TreeMap<>();

  private RecordState() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    RecordState state = new RecordState();
    state.run(Files.createTempDirectory("recorded-state-"));
    state.addWhatPeopleWrite();
    state.write(folder);
  }

  private void run(Path stateFolder) {
    List<DemoEvent> events = DemoSlice.where(event -> event.timeMillis() < UNTIL_MILLIS);
    try (DrivenTopology topology =
        new DrivenTopology(
            SettingsOf.policy(policy(), 1, true), routing(), AFTERWARDS, stateFolder)) {
      topology.accept("no event");
      for (int i = 0; i < events.size(); i++) {
        topology.accept(events.get(i).json());
        if (i % PORTION == 0) {
          take(topology);
        }
      }
      take(topology);
    }
    put(Topics.INFERENCE_EVENTS, events.get(0).principal(), events.get(0).json());
  }

  /** So few principals have a place that others are only counted. */
  private static Policy policy() {
    Policy usual = Policy.defaults();
    return new Policy(
        usual.budget(),
        usual.learning(),
        usual.pane(),
        usual.lateness(),
        usual.idleAfter(),
        usual.quietPeriod(),
        usual.cooldown(),
        usual.dedup(),
        usual.tolerancePsi(),
        MOST_PRINCIPALS,
        usual.kinds(),
        usual.declared(),
        usual.registered());
  }

  private static AlertRouting routing() {
    return new AlertRouting(
        RoutingTree.of(RoutingPlan.everythingTo(Set.of(SINK))),
        Set.of(SINK),
        Set.of(),
        Optional.empty(),
        sink -> {});
  }

  private void take(DrivenTopology topology) {
    Map<String, String> storeOf = new TreeMap<>();
    topology.stores().keySet().forEach(name -> storeOf.put(DrivenTopology.changelogOf(name), name));
    topology
        .written()
        .forEach(
            (topic, records) -> {
              String store = storeOf.get(topic);
              for (TestRecord<byte[], byte[]> record : records) {
                String key = record.key() == null ? "" : new String(record.key(), UTF_8);
                if (store != null) {
                  keep(store, key, record.value());
                } else {
                  put(topic, key, record.value());
                }
              }
            });
  }

  private void keep(String store, String key, byte[] value) {
    TreeMap<String, byte[]> kept = stores.computeIfAbsent(store, name -> new TreeMap<>());
    // A store that is empty at the end is recorded as it was before.
    if (value == null) {
      if (kept.size() > MOST_OF_A_STORE) {
        kept.remove(key);
      }
    } else {
      kept.put(key, value);
    }
  }

  private void put(String topic, String key, byte[] value) {
    List<RecordedState.Entry> kept = topics.computeIfAbsent(topic, name -> new ArrayList<>());
    if (kept.size() == 2 * MOST_OF_A_TOPIC) {
      kept.remove(MOST_OF_A_TOPIC);
    }
    if (value != null) {
      kept.add(new RecordedState.Entry(topic, key.getBytes(UTF_8), value));
    }
  }

  private void addWhatPeopleWrite() {
    long at = DemoSlice.START_MILLIS;
    Incident incident = IncidentJson.fromJson(topics.get(Topics.INCIDENTS).get(0).value());
    Delivery delivery =
        Delivery.of(
            Notification.ofChange(incident, SINK, "default", at),
            Outcome.SILENCED,
            "maintenance",
            List.of(),
            0,
            at,
            Delivery.NONE);
    put(Topics.DELIVERIES, delivery.key(), DeliveryJson.toJson(delivery));
    put(Topics.POLICIES, PolicyRegistry.KEY, Policy.defaults().toJson().getBytes(UTF_8));
    Silence silence =
        new Silence(
            "s1",
            Match.builder().models("fraud-*").build(),
            "anna",
            "maintenance",
            at,
            at + DemoSlice.HOUR_MILLIS,
            at);
    put(Topics.SILENCES, silence.id(), SilenceJson.toJson(silence));
    put(
        Topics.DEPLOYMENTS,
        "fraud-scorer",
        "{\"model\":\"fraud-scorer\",\"version\":\"8\",\"at\":\"2026-03-01T00:00:00Z\"}"
            .getBytes(UTF_8));
  }

  private void write(Path folder) throws IOException {
    List<String> changelogs = new ArrayList<>();
    stores.forEach(
        (store, kept) ->
            kept.entrySet().stream()
                .limit(MOST_OF_A_STORE)
                .map(
                    entry ->
                        new RecordedState.Entry(
                            store, entry.getKey().getBytes(UTF_8), entry.getValue()))
                .forEach(entry -> changelogs.add(entry.line())));
    List<String> records = new ArrayList<>();
    topics.values().forEach(kept -> kept.forEach(entry -> records.add(entry.line())));
    write(folder.resolve(RecordedState.CHANGELOGS), changelogs);
    write(folder.resolve(RecordedState.TOPICS), records);
  }

  private static void write(Path file, List<String> lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(UTF_8));
      }
    }
  }
}
