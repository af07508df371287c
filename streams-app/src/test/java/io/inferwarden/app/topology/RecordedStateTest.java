package io.inferwarden.app.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.alerting.feed.IncidentActionJson;
import io.inferwarden.alerting.feed.LedgerInput;
import io.inferwarden.alerting.outbox.DeliveryJson;
import io.inferwarden.alerting.outbox.NotificationJson;
import io.inferwarden.alerting.route.SilenceJson;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.CohortMessageSerde;
import io.inferwarden.app.message.FleetMessageSerde;
import io.inferwarden.app.message.LearningMessageSerde;
import io.inferwarden.app.message.PaneMessageSerde;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.release.DeclaredRelease;
import io.inferwarden.app.settings.SettingsOf;
import io.inferwarden.app.state.ChangelogContext;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each release left in its changelogs and topics is read by the present code. A release that
 * changes a form raises its version, reads the one before as well, and adds its own recording.
 */
class RecordedStateTest {
  private static final byte UNKNOWN = 9;

  /** Written for people, or read by nobody: the dead letters hold what could not be read. */
  private static final Set<String> NOT_READ = Set.of(Topics.DEAD_LETTER_EVENTS);

  /** The recorded events lead to nothing in them; what they hold is held to its form elsewhere. */
  private static final Set<String> EMPTY = Set.of(Stores.BURSTS, Stores.COMMON_CAUSES);

  @TempDir Path folder;
  private DrivenTopology topology;

  @BeforeEach
  void build() {
    topology =
        new DrivenTopology(
            SettingsOf.policy(Policy.defaults(), 1, true), Instant.ofEpochSecond(1), folder);
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @ParameterizedTest
  @ValueSource(strings = "0.1.0")
  void theStateOfAReleaseIsRestoredAndSaysTheSame(String release) throws IOException {
    for (RecordedState.Entry entry : RecordedState.of(release, RecordedState.CHANGELOGS)) {
      ChangelogContext changelog = restored(entry.place(), entry.key(), entry.value());
      ObjectStore<?> store = topology.stores().get(entry.place());
      store.slot(entry.keyText()).changed();
      store.flushCache();

      byte[] written = changelog.latest();
      assertThat(written).as("%s: %s", entry.place(), entry.keyText()).isNotNull();
      if (written[0] == entry.value()[0]) {
        assertThat(written)
            .as("the form of store %s changed and its format version did not", entry.place())
            .isEqualTo(entry.value());
      }
    }
  }

  @Test
  void thereIsStateOfEveryStore() throws IOException {
    Set<String> recorded =
        RecordedState.of("0.1.0", RecordedState.CHANGELOGS).stream()
            .map(RecordedState.Entry::place)
            .collect(Collectors.toCollection(HashSet::new));

    recorded.addAll(EMPTY);
    assertThat(recorded).containsAll(topology.stores().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = "0.1.0")
  void theRecordsOfAReleaseAreRead(String release) throws IOException {
    Map<String, Integer> read = new TreeMap<>();
    for (RecordedState.Entry entry : RecordedState.of(release, RecordedState.TOPICS)) {
      if (!NOT_READ.contains(entry.place())) {
        Object value =
            assertDoesNotThrow(
                () -> readers().get(entry.place()).apply(entry.value()), entry.place());
        assertThat(value).as(entry.place()).isNotNull();
        read.merge(entry.place(), 1, Integer::sum);
      }
    }

    assertThat(read.keySet()).isEqualTo(readers().keySet());
  }

  @Test
  void stateOfANewerReleaseIsRefusedAndSaysWhatToDo() throws IOException {
    for (RecordedState.Entry entry : RecordedState.of("0.1.0", RecordedState.CHANGELOGS)) {
      byte[] newer = entry.value().clone();
      newer[0] = UNKNOWN;

      assertThatThrownBy(() -> restored(entry.place(), entry.key(), newer))
          .isInstanceOf(NewerFormatException.class)
          .hasMessageContaining("store " + entry.place() + " has format version 9")
          .hasMessageContaining("run that release or a later one")
          .hasMessageContaining("docs/operate/upgrade.md");
    }
  }

  @Test
  void stateThatCannotBeReadSaysWhichAndWhatToDo() {
    assertThatThrownBy(
            () -> restored("principals", "k".getBytes(UTF_8), new byte[] {1, UNKNOWN, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'k' in store principals")
        .hasMessageContaining("docs/operate/upgrade.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Topics.LEARNING_SAMPLES,
        Topics.PANE_SUMMARIES,
        Topics.COHORT_REPORTS,
        Topics.MODEL_FINDINGS,
        Topics.BASELINES
      })
  void aBinaryRecordOfANewerReleaseIsRefused(String topic) throws IOException {
    byte[] newer = recorded(topic).clone();
    newer[0] = UNKNOWN;

    assertThatThrownBy(() -> readers().get(topic).apply(newer))
        .satisfies(
            failure ->
                assertThat(NewerFormatException.within(failure))
                    .hasMessageContaining("docs/operate/upgrade.md"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Topics.FINDINGS,
        Topics.INCIDENTS,
        Topics.INCIDENT_BOOK,
        Topics.INCIDENT_ACTIONS,
        Topics.NOTIFICATIONS,
        Topics.DELIVERIES,
        Topics.SILENCES
      })
  void aTextRecordOfANewerReleaseIsRefused(String topic) throws IOException {
    String json = new String(recorded(topic), UTF_8).replace("\"schemaVersion\":1,", "");
    byte[] newer = json.replaceFirst("\\{", "{\"schemaVersion\":99,").getBytes(UTF_8);

    assertThatThrownBy(() -> readers().get(topic).apply(newer))
        .satisfies(failure -> assertThat(NewerFormatException.within(failure)).isNotNull());
  }

  private static byte[] recorded(String topic) throws IOException {
    return RecordedState.of("0.1.0", RecordedState.TOPICS).stream()
        .filter(entry -> entry.place().equals(topic))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private ChangelogContext restored(String store, byte[] key, byte[] value) {
    ChangelogContext changelog = new ChangelogContext();
    ObjectStore<?> objects = topology.stores().get(store);
    assertThat(objects).as("a store named %s", store).isNotNull();
    objects.init(changelog.context(), objects);
    changelog.restore(key, value);
    return changelog;
  }

  /** How the platform reads each of its topics. */
  private static Map<String, Function<byte[], Object>> readers() {
    Map<String, Function<byte[], Object>> readers = new HashMap<>();
    readers.put(Topics.INFERENCE_EVENTS, RecordedStateTest::event);
    readers.put(Topics.LEARNING_SAMPLES, of(new LearningMessageSerde().deserializer()));
    readers.put(Topics.PANE_SUMMARIES, of(new PaneMessageSerde().deserializer()));
    readers.put(Topics.COHORT_REPORTS, of(new CohortMessageSerde().deserializer()));
    readers.put(Topics.MODEL_FINDINGS, of(new FleetMessageSerde().deserializer()));
    readers.put(Topics.BASELINES, BaselineRecord::fromBytes);
    readers.put(Topics.FINDINGS, of(LedgerInput.deserializer()));
    readers.put(Topics.INCIDENTS, of(IncidentJson.serde().deserializer()));
    readers.put(Topics.INCIDENT_BOOK, IncidentJson::fromJson);
    readers.put(Topics.INCIDENT_ACTIONS, of(IncidentActionJson.serde().deserializer()));
    readers.put(Topics.NOTIFICATIONS, of(NotificationJson.serde().deserializer()));
    readers.put(Topics.DELIVERIES, DeliveryJson::fromJson);
    readers.put(Topics.POLICIES, json -> Policy.fromJson(new String(json, UTF_8)));
    readers.put(Topics.SILENCES, SilenceJson::fromJson);
    readers.put(Topics.DEPLOYMENTS, DeclaredRelease::fromJson);
    return readers;
  }

  private static Function<byte[], Object> of(Deserializer<?> deserializer) {
    return bytes -> deserializer.deserialize("recorded", bytes);
  }

  private static Object event(byte[] json) {
    InferenceEvent event = new InferenceEvent();
    Object refused = new EventParser().parse(json, 0, json.length, Long.MAX_VALUE, event);
    assertThat(refused).isNull();
    return event;
  }
}
