package io.inferwarden.alerting.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All lanes of a sink, in the order of whose turn it is. */
final class Lanes {
  private final Map<String, Lane> byIncident = new HashMap<>();
  private final TreeSet<Lane> ready = new TreeSet<>(Lane.BY_RANK);
  private final TreeSet<Lane> later = new TreeSet<>(Lane.BY_TIME);
  private final Set<Lane> settling = new LinkedHashSet<>();

  /** The lane of an incident; a new one where there is none. */
  Lane of(String incidentId) {
    return byIncident.computeIfAbsent(incidentId, Lane::new);
  }

  /** Changes a lane and gives it the place in the order that is then its. */
  void change(Lane lane, long nowMillis, Consumer<Lane> change) {
    ready.remove(lane);
    later.remove(lane);
    change.accept(lane);
    if (lane.isIdle()) {
      lane.sort();
      (lane.readyAtMillis() <= nowMillis ? ready : later).add(lane);
    } else if (lane.isEmpty() && !lane.isSettling()) {
      byIncident.remove(lane.incidentId());
    }
  }

  /** Keeps the lane's next one back until {@link #settle}. */
  void holdUntilSettled(Lane lane) {
    lane.settling(true);
    settling.add(lane);
  }

  /** What had become of those before is committed. */
  void settle(long nowMillis) {
    List<Lane> settled = new ArrayList<>(settling);
    settling.clear();
    for (Lane lane : settled) {
      change(lane, nowMillis, each -> each.settling(false));
    }
  }

  /** The lane whose turn it is; null when none is ready. */
  @Nullable Lane first(long nowMillis) {
    while (!later.isEmpty() && later.first().readyAtMillis() <= nowMillis) {
      ready.add(later.pollFirst());
    }
    return ready.isEmpty() ? null : ready.first();
  }

  /**
   * Of the lanes that are ready, the one whose next notification failed the least; null when none
   * is. Whether a receiver is back should not depend on a notification that it may never take.
   */
  @Nullable Lane leastFailed(long nowMillis) {
    Lane least = first(nowMillis);
    for (Lane lane : ready) {
      if (least != null && lane.failures() < least.failures()) {
        least = lane;
      }
    }
    return least;
  }

  /** When the next lane is ready, not before the time given; {@link Long#MAX_VALUE} for never. */
  long readyAt(long nowMillis) {
    if (!ready.isEmpty()) {
      return nowMillis;
    }
    return later.isEmpty() ? Long.MAX_VALUE : Math.max(nowMillis, later.first().readyAtMillis());
  }

  void clear() {
    byIncident.clear();
    ready.clear();
    later.clear();
    settling.clear();
  }
}
