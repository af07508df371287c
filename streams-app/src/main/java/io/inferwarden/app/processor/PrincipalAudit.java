package io.inferwarden.app.processor;

import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Shows for each model how much evidence there is on average against the principals of a partition
 * who are not accused: at most 1, if they are honest. It looks at everybody, which must not cost
 * much beside the events.
 */
final class PrincipalAudit {
  /** Of event time, and so much of the clock's time: what the audit tells changes slowly. */
  private static final long BETWEEN_AUDITS_MILLIS = Duration.ofMinutes(10).toMillis();

  /** Where events come faster than their time passed, it looks at one principal in so many. */
  private static final int EVENTS_PER_AUDITED = 8;

  private final ObjectStore<TrackedPrincipal> principals;
  private final Map<String, Optional<WatchPrincipals.Watch>> watches;
  private final AppMetrics metrics;
  private final String partition;

  /** The models that are shown, by the names they have there. */
  private final Set<String> shownModels = new HashSet<>();

  private @Nullable Long auditedMillis;
  private long auditedWallClockMillis;
  private long eventsSinceAudit;

  /**
   * @param watches by the id of the baseline, as they come to be known
   * @param partition for the metrics
   */
  PrincipalAudit(
      ObjectStore<TrackedPrincipal> principals,
      Map<String, Optional<WatchPrincipals.Watch>> watches,
      AppMetrics metrics,
      String partition) {
    this.principals = principals;
    this.watches = watches;
    this.metrics = metrics;
    this.partition = partition;
  }

  void countEvent() {
    eventsSinceAudit++;
  }

  /** Looks at everybody, if it is time and costs little. */
  void tick(long nowMillis, long wallClockMillis) {
    boolean isDue =
        auditedMillis == null || Math.abs(nowMillis - auditedMillis) >= BETWEEN_AUDITS_MILLIS;
    boolean isCheap =
        eventsSinceAudit >= (long) EVENTS_PER_AUDITED * principals.size()
            || wallClockMillis - auditedWallClockMillis >= BETWEEN_AUDITS_MILLIS;
    if (isDue && isCheap) {
      audit(nowMillis);
      auditedMillis = nowMillis;
      auditedWallClockMillis = wallClockMillis;
      eventsSinceAudit = 0;
    }
  }

  private void audit(long nowMillis) {
    Map<String, double[]> sums = new HashMap<>();
    principals.forEach(
        tracked -> {
          WatchPrincipals.Watch watch =
              watches
                  .getOrDefault(tracked.baselineId, Optional.<WatchPrincipals.Watch>empty())
                  .orElse(null);
          if (watch != null && !tracked.isAccusedAt(nowMillis)) {
            double[] sum = sums.computeIfAbsent(watch.model(), model -> new double[2]);
            sum[0] += watch.judge().level(tracked.memory) / watch.judge().principalSpend();
            sum[1]++;
          }
        });
    Set<String> shown = new HashSet<>();
    sums.forEach(
        (model, sum) -> shown.add(metrics.showPrincipals(model, partition, sum[0] / sum[1])));
    shownModels.removeAll(shown);
    hide();
    shownModels.addAll(shown);
  }

  /** Shows nothing any more. */
  void hide() {
    shownModels.forEach(model -> metrics.hidePrincipals(model, partition));
    shownModels.clear();
  }
}
