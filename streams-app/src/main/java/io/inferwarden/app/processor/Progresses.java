package io.inferwarden.app.processor;

import io.inferwarden.app.message.Progress;
import io.inferwarden.app.policy.ModelWeights;
import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;

/**
 * How far all partitions of the events have come, and the models that they saw. What lies before
 * the watermark is complete, whichever instance read it, so that what is decided there does not
 * depend on who was faster.
 */
final class Progresses {
  private static final String PARTITION = "partition\u001f";
  private static final String MODEL = "model\u001f";
  private static final String ACTIVE = "active\u001f";

  /**
   * How long it is remembered in which panes there were events at all; panes are judged long before
   * that.
   */
  private static final long REMEMBERED_MILLIS = Duration.ofDays(30).toMillis();

  private final ObjectStore<Long> store;
  private final int partitions;

  Progresses(ObjectStore<Long> store, int partitions) {
    this.store = store;
    this.partitions = partitions;
  }

  /** Takes note; true when the watermark moved. */
  boolean accept(Progress progress) {
    progress
        .firstSeenMillis()
        .forEach(
            (model, millis) -> {
              Long known = store.get(MODEL + model);
              if (known == null || millis < known) {
                store.put(MODEL + model, millis);
              }
            });
    progress.activePanesMillis().forEach(pane -> store.put(activeKey(pane), pane));
    long before = watermarkMillis();
    // It falls back when the first event comes to a partition that was idle from its beginning.
    store.put(PARTITION + progress.partition(), progress.watermarkMillis());
    long after = watermarkMillis();
    if (after > before && before != Long.MIN_VALUE) {
      forgetPanesBefore(before - REMEMBERED_MILLIS); // those up to here are judged only now
    }
    return after > before;
  }

  private void forgetPanesBefore(long timeMillis) {
    for (String key : store.sortedKeys()) {
      Long pane = store.get(key);
      if (key.startsWith(ACTIVE) && pane != null && pane < timeMillis) {
        store.delete(key);
      }
    }
  }

  private static String activeKey(long paneStartMillis) {
    return ACTIVE + paneStartMillis;
  }

  /**
   * Whether any model had an event in this pane. In other panes nothing was seen, so that no model
   * can be called silent.
   */
  boolean isActive(long paneStartMillis) {
    return store.get(activeKey(paneStartMillis)) != null;
  }

  /**
   * Start of the latest pane in which any model had an event; {@link Long#MIN_VALUE} while none is
   * known.
   */
  long latestActivePaneMillis() {
    long latest = Long.MIN_VALUE;
    for (String key : store.sortedKeys()) {
      Long pane = key.startsWith(ACTIVE) ? store.get(key) : null;
      if (pane != null) {
        latest = Math.max(latest, pane);
      }
    }
    return latest;
  }

  /**
   * Event time before which all partitions are complete; {@link Long#MIN_VALUE} while one was not
   * heard of.
   */
  long watermarkMillis() {
    long watermark = Long.MAX_VALUE;
    for (int partition = 0; partition < partitions; partition++) {
      Long known = store.get(PARTITION + partition);
      if (known == null) {
        return Long.MIN_VALUE;
      }
      watermark = Math.min(watermark, known);
    }
    return watermark;
  }

  /**
   * Among how many models like this one the budget is split: the sum of the weights of the models
   * that had been seen before a time, and of this one, over its own weight.
   */
  double modelsBefore(long timeMillis, String model, ModelWeights weights) {
    double sum = 0;
    boolean seen = false;
    for (String key : store.sortedKeys()) {
      Long firstSeen = store.get(key);
      if (key.startsWith(MODEL) && firstSeen != null && firstSeen < timeMillis) {
        String other = key.substring(MODEL.length());
        sum += weights.of(other);
        seen |= other.equals(model);
      }
    }
    double own = weights.of(model);
    return Math.max(1, (seen ? sum : sum + own) / own);
  }

  /** How many models had been seen before a time that lies before the watermark; at least 1. */
  int modelsBefore(long timeMillis) {
    int models = 0;
    for (String key : store.sortedKeys()) {
      Long firstSeen = store.get(key);
      if (key.startsWith(MODEL) && firstSeen != null && firstSeen < timeMillis) {
        models++;
      }
    }
    return Math.max(1, models);
  }
}
