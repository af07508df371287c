package io.inferwarden.app.topology;

import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Compares what stores hold with what a restart would find in their changelogs. */
final class ChangelogAudit {
  private final TopologyTestDriver driver;
  private final String applicationId;
  private final Map<String, ObjectStore<?>> stores = new TreeMap<>();

  /** What the changelogs hold by store and key. */
  private final Map<String, Map<String, byte[]>> written = new HashMap<>();

  ChangelogAudit(TopologyTestDriver driver, String applicationId) {
    this.driver = driver;
    this.applicationId = applicationId;
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (store instanceof ObjectStore<?> objects) {
                stores.put(name, objects);
                written.put(name, new HashMap<>());
              }
            });
  }

  /**
   * The stores and keys of which the changelog holds something else.
   *
   * @param mostObjects larger stores are left out
   */
  List<String> unwritten(int mostObjects) {
    Map<String, ObjectStore<?>> looked = new TreeMap<>(stores);
    looked.values().removeIf(store -> store.size() == 0 || store.size() > mostObjects);
    Map<String, Map<String, byte[]>> before = readChangelogs(looked.keySet());
    looked.values().forEach(ChangelogAudit::writeAgain);
    driver.advanceWallClockTime(Duration.ZERO); // takes what was flushed out of the producer
    Map<String, Map<String, byte[]>> held = readChangelogs(looked.keySet());

    List<String> unwritten = new ArrayList<>();
    looked.forEach(
        (name, store) -> {
          Map<String, byte[]> known = written.get(name);
          known.putAll(before.get(name));
          for (String key : store.sortedKeys()) {
            byte[] now = held.get(name).get(key);
            if (now == null) {
              throw new IllegalStateException(name + " was flushed but did not write " + key);
            }
            if (!Arrays.equals(now, known.put(key, now))) {
              unwritten.add(name + ": " + key.replace('\u001f', '/'));
            }
          }
        });
    return unwritten;
  }

  private static void writeAgain(ObjectStore<?> store) {
    store.sortedKeys().forEach(key -> store.slot(key).changed());
    store.flushCache();
  }

  /** What was written since the last call, by store and key. */
  private Map<String, Map<String, byte[]>> readChangelogs(Set<String> names) {
    Set<String> topics = driver.producedTopicNames();
    Map<String, Map<String, byte[]>> read = new HashMap<>();
    for (String name : names) {
      Map<String, byte[]> changes = read.computeIfAbsent(name, first -> new HashMap<>());
      String topic = applicationId + "-" + name + "-changelog";
      if (topics.contains(topic)) {
        for (TestRecord<String, byte[]> change :
            driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()) {
          changes.put(change.key(), change.value());
        }
      }
    }
    return read;
  }
}
