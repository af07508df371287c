package io.inferwarden.app.backtest;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How many events each version of each model answered within a window. */
public final class VersionCensus {
  private static final class Count {
    final String model;
    final String version;
    final Set<Long> panes = new HashSet<>();
    long events;
    long firstMillis = Long.MAX_VALUE;

    Count(String model, String version) {
      this.model = model;
      this.version = version;
    }
  }

  private final long paneMillis;
  private final Map<String, Count> counts = new TreeMap<>();

  /** A census of panes of that length. */
  public VersionCensus(long paneMillis) {
    this.paneMillis = paneMillis;
  }

  public void add(String model, String version, long timeMillis) {
    String key = BaselineRecord.topicKey(model, version);
    Count count = counts.get(key);
    if (count == null) {
      count = new Count(model, version);
      counts.put(key, count);
    }
    count.events++;
    count.firstMillis = Math.min(count.firstMillis, timeMillis);
    count.panes.add(Math.floorDiv(timeMillis, paneMillis));
  }

  public long events(String model, String version) {
    Count count = counts.get(BaselineRecord.topicKey(model, version));
    return count == null ? 0 : count.events;
  }

  /** The version that answered most; empty when none did. */
  public Optional<String> busiest(String model) {
    Count most = null;
    for (Count count : counts.values()) {
      if (count.model.equals(model) && (most == null || count.events > most.events)) {
        most = count;
      }
    }
    return most == null ? Optional.empty() : Optional.of(most.version);
  }

  /** Start of the first pane that has an event of the version. */
  long firstPaneMillis(String model, String version) {
    Count count = counts.get(BaselineRecord.topicKey(model, version));
    if (count == null) {
      throw new IllegalArgumentException("version must have events, was " + version);
    }
    return Math.floorDiv(count.firstMillis, paneMillis) * paneMillis;
  }

  /** Why a version has too few events to learn from; nothing where it has enough. */
  public Optional<String> lacking(String model, String version) {
    Count count = counts.get(BaselineRecord.topicKey(model, version));
    long events = count == null ? 0 : count.events;
    int panes = count == null ? 0 : count.panes.size();
    if (events >= ModelBaselineLearner.LEAST_EVENTS && panes >= ModelBaselineLearner.LEAST_PANES) {
      return Optional.empty();
    }
    return Optional.of(
        "too little to learn from: %,d events in %d panes, and a baseline needs %d in %d"
            .formatted(
                events,
                panes,
                ModelBaselineLearner.LEAST_EVENTS,
                ModelBaselineLearner.LEAST_PANES));
  }
}
