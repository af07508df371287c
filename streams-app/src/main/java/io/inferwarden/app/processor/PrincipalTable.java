package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.state.ObjectStore;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The principals and models of one partition whose evidence is kept, in a bounded number of places.
 *
 * <p>While there are free places every name gets one. When there are none, a name that is not in
 * the table is counted in a {@link FrequencySketch} and has no evidence; it gets a place when it
 * came more often than the principal that is worth least ({@link LeastWorth}) is worth by then,
 * which makes room and is handed to the callback. A principal is worth its events, {@value
 * PrincipalPlace#MOST_EVENTS} at most, halved with each day of silence, and one event at least. So
 * a name that comes once never takes anybody's place, and one that comes a few times takes that of
 * others like itself: a flood fills the free places and then displaces itself.
 *
 * <p>Everything follows from the order and the times of the events. After a restart the table goes
 * on as if there had been none: counters are kept, and the rest follows from the principals
 * themselves. An event of a known principal costs two look-ups and allocates nothing.
 *
 * @param <V> the evidence
 */
final class PrincipalTable<V extends Tracked> {
  private static final char SEPARATOR = '\u001f';

  private final ObjectStore<V> principals;
  private final FrequencySketch frequencies;
  private final FloodWatch floods;
  private final int maximum;
  private final BiConsumer<String, V> evicted;
  private final Map<String, Map<String, PrincipalPlace<V>>> placesByModel = new HashMap<>();
  private final Counter.Child admittedCount;
  private final Counter.Child refusedCount;
  private final Counter.Child evictedCount;
  private final Gauge.Child trackedGauge;
  private int size;
  private @Nullable LeastWorth<V> leastWorth;

  /**
   * @param principals by model, the character U+001F and the principal
   * @param frequencies of the names that have no place
   * @param newNames of each model, for the watch over floods
   * @param maximum places, at least 1
   * @param partition for the metrics
   * @param evicted is told the key and the evidence of each principal that made room
   */
  PrincipalTable(
      ObjectStore<V> principals,
      ObjectStore<FrequencyBlock> frequencies,
      ObjectStore<NewNames> newNames,
      int maximum,
      AppMetrics metrics,
      String partition,
      BiConsumer<String, V> evicted) {
    this.principals = principals;
    this.frequencies = new FrequencySketch(frequencies, maximum);
    this.floods = new FloodWatch(newNames, maximum);
    this.maximum = maximum;
    this.evicted = evicted;
    this.admittedCount = metrics.principalsAdmitted.labels(partition);
    this.refusedCount = metrics.principalsRefused.labels(partition);
    this.evictedCount = metrics.principalsEvicted.labels(partition);
    this.trackedGauge = metrics.principalsTracked.labels(partition);
    for (String key : principals.sortedKeys()) {
      keep(model(key), principal(key), new PrincipalPlace<>(key, principals.slot(key)));
    }
    trackedGauge.set(size);
  }

  /**
   * The principal's place. Null when it has none: its event is then not judged.
   *
   * @param timeMillis event time, milliseconds since the epoch
   * @return a place; where its value is null or of another baseline than the one in use, set new
   *     evidence before the next call
   */
  ObjectStore<V>.@Nullable Slot find(
      String model, String principal, long timeMillis, Tracking tracking) {
    Map<String, PrincipalPlace<V>> places = placesByModel.get(model);
    PrincipalPlace<V> place = places == null ? null : places.get(principal);
    if (place == null) {
      place = admit(model, principal, timeMillis, tracking);
      return place == null ? null : place.slot;
    }
    V tracked = place.slot.value();
    boolean beginsAnew = tracked == null || !tracked.baselineId().equals(tracking.baselineId());
    if (beginsAnew && leastWorth != null) {
      leastWorth.lowered(place);
    }
    return place.slot;
  }

  /** Floods of new names that have come to light, to be called when event time passes. */
  List<Finding> tick(long nowMillis) {
    while (size > maximum) { // it was larger before the restart
      LeastWorth<V> ordered = ordered();
      PrincipalPlace<V> least = ordered.least();
      ordered.removeLeast();
      forget(least);
    }
    trackedGauge.set(size);
    return floods.findings(nowMillis);
  }

  int size() {
    return size;
  }

  private @Nullable PrincipalPlace<V> admit(
      String model, String principal, long timeMillis, Tracking tracking) {
    if (size >= maximum) {
      int frequency = frequencies.add(model, principal);
      if (frequency == 1) {
        floods.newName(model, timeMillis, tracking);
      }
      if (!makeRoom(frequency, timeMillis)) {
        refusedCount.inc();
        return null;
      }
    } else {
      floods.newName(model, timeMillis, tracking);
    }
    String key = model + SEPARATOR + principal;
    PrincipalPlace<V> place = new PrincipalPlace<>(key, principals.slot(key));
    keep(model, principal, place);
    if (leastWorth != null) {
      leastWorth.add(place);
    }
    admittedCount.inc();
    trackedGauge.set(size);
    return place;
  }

  /** Evicts whoever is worth least, if that is less than so many events now. */
  private boolean makeRoom(int frequency, long timeMillis) {
    if (frequency < 2) {
      return false;
    }
    LeastWorth<V> ordered = ordered();
    PrincipalPlace<V> least = ordered.least();
    // One event fewer would already be worth as much: it came more often, however worth is rounded.
    if (timeMillis + PrincipalPlace.lastingMillis(frequency - 1) < least.fadesAtMillis()) {
      return false;
    }
    ordered.removeLeast();
    forget(least);
    return true;
  }

  private LeastWorth<V> ordered() {
    LeastWorth<V> ordered = leastWorth;
    if (ordered == null) {
      List<PrincipalPlace<V>> all = new ArrayList<>(size);
      placesByModel.values().forEach(places -> all.addAll(places.values()));
      ordered = new LeastWorth<>(all);
      leastWorth = ordered;
    }
    return ordered;
  }

  private void keep(String model, String principal, PrincipalPlace<V> place) {
    placesByModel.computeIfAbsent(model, name -> new HashMap<>()).put(principal, place);
    size++;
  }

  private void forget(PrincipalPlace<V> place) {
    String model = model(place.key);
    Map<String, PrincipalPlace<V>> places = placesByModel.get(model);
    if (places != null) {
      places.remove(principal(place.key));
      if (places.isEmpty()) {
        placesByModel.remove(model);
      }
    }
    size--;
    V tracked = place.slot.value();
    principals.delete(place.key);
    evictedCount.inc();
    if (tracked != null) {
      evicted.accept(place.key, tracked);
    }
  }

  private static String model(String key) {
    return key.substring(0, key.indexOf(SEPARATOR));
  }

  private static String principal(String key) {
    return key.substring(key.indexOf(SEPARATOR) + 1);
  }
}
