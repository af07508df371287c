package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.InferenceEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * The learning samples and pane totals of the model versions that are being learned.
 *
 * <p>What is kept is bounded, and does not depend on the order in which it came: of each pane the
 * events with the smallest hashes, of each version all sampled events of the principals with the
 * smallest hashes. So a model with many principals is learned from some of them over the whole
 * learning time, and not from all of its first minutes. When the samples of all versions together
 * take more memory than they may, the version that takes most gives up the largest hashes first.
 */
final class LearningSamples {
  /** Principals' samples of one model version: of a thousand busy principals, or of more. */
  static final int PRINCIPAL_SAMPLES = 60_000;

  private static final char SAMPLE = 's';
  private static final char TOTAL = 't';

  /**
   * What was gathered of one model version.
   *
   * @param principalShare share of the principals whose samples are kept, in (0, 1]
   * @param isCut whether memory ran short, so that less was kept than the bounds allow
   */
  record Version(
      String model,
      List<LearningMessage.Sample> samples,
      Map<Long, Long> paneTotals,
      double principalShare,
      boolean isCut) {}

  private final ObjectStore<LearningMessage> store;
  private final LongUnaryOperator paneStart;
  private final LearningMemory memory;
  private final int principalSamples;
  private final SortedMap<String, GatheredVersion> versions = new TreeMap<>();
  private final EventBinaryCodec codec = new EventBinaryCodec();
  private final InferenceEvent decoded = new InferenceEvent();

  /** The keys of pane totals, by version, so that samples need not be searched for them. */
  private final Map<String, SortedSet<String>> totalKeys = new HashMap<>();

  /**
   * @param store where samples and totals outlast a restart
   * @param paneStart start of the pane that a time falls in, milliseconds since the epoch
   * @param memory that the samples of all learners of this instance share
   */
  LearningSamples(
      ObjectStore<LearningMessage> store, LongUnaryOperator paneStart, LearningMemory memory) {
    this(store, paneStart, memory, PRINCIPAL_SAMPLES);
  }

  /**
   * @param principalSamples how many samples of principals are kept of a model version
   */
  LearningSamples(
      ObjectStore<LearningMessage> store,
      LongUnaryOperator paneStart,
      LearningMemory memory,
      int principalSamples) {
    this.store = store;
    this.paneStart = paneStart;
    this.memory = memory;
    this.principalSamples = principalSamples;
    for (String key : store.sortedKeys()) {
      if (store.get(key) instanceof LearningMessage.Sample sample) {
        GatheredVersion version =
            version(BaselineRecord.topicKey(sample.model(), sample.version()));
        version.next =
            Math.max(version.next, Long.parseLong(key.substring(key.length() - 16), 16) + 1);
        keep(version, key, sample);
      } else if (store.get(key) instanceof LearningMessage.PaneTotal total) {
        totalKeys(BaselineRecord.topicKey(total.model(), total.version())).add(key);
      }
    }
  }

  private GatheredVersion version(String version) {
    return versions.computeIfAbsent(version, key -> new GatheredVersion(principalSamples));
  }

  /**
   * Takes a sample in, as far as it is among those that are kept.
   *
   * @return how many samples were given up for want of memory
   */
  int add(LearningMessage.Sample sample) {
    String name = BaselineRecord.topicKey(sample.model(), sample.version());
    GatheredVersion version = version(name);
    keep(version, name + '\u001f' + SAMPLE + HexFormat.of().toHexDigits(version.next++), sample);
    int givenUp = 0;
    while (memory.isOverdrawn()) {
      GatheredVersion largest = largest();
      if (largest.bytes == 0) {
        break; // others of this instance hold it all
      }
      givenUp += largest.giveUp(this::drop);
    }
    return givenUp;
  }

  private void keep(GatheredVersion version, String key, LearningMessage.Sample sample) {
    KeptSample kept =
        new KeptSample(
            key,
            sample.hash(),
            paneStart.applyAsLong(sample.timeMillis()),
            sample.principalOrdinal() > 0 ? principalHash(sample) : 0,
            LearningMemory.bytesOf(sample.event()));
    kept.isOfPane = sample.paneSampled() && version.wantsOfPane(kept);
    kept.isOfPrincipal = sample.principalOrdinal() > 0 && version.wantsOfPrincipal(kept);
    version.firstMillis = Math.min(version.firstMillis, sample.timeMillis());
    if (!kept.isOfPane && !kept.isOfPrincipal) {
      store.delete(key);
      return;
    }
    if (store.get(key) == null) {
      store.put(key, sample);
    }
    if (!kept.isOfPrincipal) {
      leavePrincipals(kept);
    }
    memory.takeForSamples(kept.bytes);
    version.add(kept, this::drop);
  }

  private long principalHash(LearningMessage.Sample sample) {
    codec.decode(sample.event(), decoded);
    return DuplicateWindow.hash(decoded.principal());
  }

  /** Lets go of a sample that has lost a part that it played, and of all of it with the last. */
  private void drop(KeptSample kept) {
    if (!kept.isOfPane && !kept.isOfPrincipal) {
      store.delete(kept.key);
      memory.takeForSamples(-kept.bytes);
    } else if (!kept.isOfPrincipal) {
      leavePrincipals(kept);
    }
  }

  /** The fit is told that an event is only one of its pane. */
  private void leavePrincipals(KeptSample kept) {
    if (store.get(kept.key) instanceof LearningMessage.Sample sample
        && sample.principalOrdinal() > 0) {
      store.put(
          kept.key,
          new LearningMessage.Sample(
              sample.model(),
              sample.version(),
              0,
              sample.paneSampled(),
              sample.hash(),
              sample.timeMillis(),
              sample.event()));
    }
  }

  private GatheredVersion largest() {
    return versions.values().stream()
        .max(Comparator.comparingLong(version -> version.bytes))
        .orElseThrow();
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
    return version(version).firstMillis;
  }

  Version of(String version) {
    GatheredVersion gathered = version(version);
    List<LearningMessage.Sample> samples =
        gathered
            .samples()
            .map(kept -> store.get(kept.key))
            .filter(LearningMessage.Sample.class::isInstance)
            .map(LearningMessage.Sample.class::cast)
            .toList();
    Map<Long, Long> totals = new HashMap<>();
    for (String key : totalKeys(version)) {
      if (store.get(key) instanceof LearningMessage.PaneTotal total) {
        totals.put(total.paneStartMillis(), total.events());
      }
    }
    return new Version(
        version.substring(0, version.indexOf('\u001f')),
        samples,
        totals,
        gathered.principalShare(),
        gathered.isCut);
  }

  void forget(String version) {
    GatheredVersion gathered = version(version);
    gathered.samples().forEach(kept -> store.delete(kept.key));
    memory.takeForSamples(-gathered.bytes);
    totalKeys(version).forEach(store::delete);
    totalKeys.remove(version);
    versions.remove(version);
  }

  /** Leaves the partition: its samples are no longer in this instance's memory. */
  void close() {
    versions.values().forEach(version -> memory.takeForSamples(-version.bytes));
    versions.clear();
  }

  private SortedSet<String> totalKeys(String version) {
    return totalKeys.computeIfAbsent(version, key -> new TreeSet<>());
  }
}
