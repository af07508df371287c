package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The learning samples and pane totals of the model versions that are being learned. */
final class LearningSamples {
  /** Samples of one model version; a flood of new principals must not grow the state for ever. */
  private static final int MAXIMUM_SAMPLES = 400_000;

  private static final char SAMPLE = 's';
  private static final char TOTAL = 't';

  /** What was gathered of one model version. */
  record Version(String model, List<LearningMessage.Sample> samples, Map<Long, Long> paneTotals) {}

  private static final class Index {
    final List<String> keys = new ArrayList<>();
    long firstMillis = Long.MAX_VALUE;
    long next;
  }

  private final ObjectStore<LearningMessage> store;
  private final SortedMap<String, Index> versions = new TreeMap<>();

  /** The keys of pane totals, by version, so that samples need not be searched for them. */
  private final Map<String, SortedSet<String>> totalKeys = new HashMap<>();

  LearningSamples(ObjectStore<LearningMessage> store) {
    this.store = store;
    for (String key : store.sortedKeys()) {
      if (store.get(key) instanceof LearningMessage.Sample sample) {
        Index index = index(BaselineRecord.topicKey(sample.model(), sample.version()));
        index.keys.add(key);
        index.firstMillis = Math.min(index.firstMillis, sample.timeMillis());
        index.next = Math.max(index.next, Long.parseLong(key.substring(key.length() - 16), 16) + 1);
      } else if (store.get(key) instanceof LearningMessage.PaneTotal total) {
        totalKeys(BaselineRecord.topicKey(total.model(), total.version())).add(key);
      }
    }
  }

  private Index index(String version) {
    return versions.computeIfAbsent(version, key -> new Index());
  }

  void add(LearningMessage.Sample sample) {
    String version = BaselineRecord.topicKey(sample.model(), sample.version());
    Index index = index(version);
    if (index.keys.size() >= MAXIMUM_SAMPLES) {
      return;
    }
    String key = version + '\u001f' + SAMPLE + HexFormat.of().toHexDigits(index.next++);
    store.put(key, sample);
    index.keys.add(key);
    index.firstMillis = Math.min(index.firstMillis, sample.timeMillis());
  }

  /** Adds to what other partitions said of the same pane. */
  void add(LearningMessage.PaneTotal total) {
    String version = BaselineRecord.topicKey(total.model(), total.version());
    String key = version + '\u001f' + TOTAL + total.paneStartMillis();
    totalKeys(version).add(key);
    long before = store.get(key) instanceof LearningMessage.PaneTotal known ? known.events() : 0;
    store.put(
        key,
        new LearningMessage.PaneTotal(
            total.model(), total.version(), total.paneStartMillis(), before + total.events()));
  }

  /** The versions that have samples. */
  List<String> versions() {
    return List.copyOf(versions.keySet());
  }

  /** Event time of a version's first sample. */
  long firstMillis(String version) {
    return index(version).firstMillis;
  }

  Version of(String version) {
    List<LearningMessage.Sample> samples = new ArrayList<>();
    for (String key : index(version).keys) {
      if (store.get(key) instanceof LearningMessage.Sample sample) {
        samples.add(sample);
      }
    }
    Map<Long, Long> totals = new HashMap<>();
    for (String key : totalKeys(version)) {
      if (store.get(key) instanceof LearningMessage.PaneTotal total) {
        totals.put(total.paneStartMillis(), total.events());
      }
    }
    return new Version(version.substring(0, version.indexOf('\u001f')), samples, totals);
  }

  void forget(String version) {
    index(version).keys.forEach(store::delete);
    totalKeys(version).forEach(store::delete);
    totalKeys.remove(version);
    versions.remove(version);
  }

  private SortedSet<String> totalKeys(String version) {
    return totalKeys.computeIfAbsent(version, key -> new TreeSet<>());
  }
}
