package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.state.ObjectStore;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The principals and models of one partition whose evidence is kept, in a bounded number of places.
 *
 * <p>While there are free places every name gets one. When there are none, a name that is not in
 * the table is counted in a {@link FrequencySketch} and has no evidence; it gets a place when it
 * came more often than the principal that is worth least ({@link LeastWorth}) is worth by then,
 * which makes room and is handed to the callback. A principal is worth its events, {@value
 * Worth#MOST_EVENTS} at most, halved with each day of silence, and one event at least. So a name
 * that comes once never takes anybody's place, and one that comes a few times takes that of others
 * like itself: a flood fills the free places and then displaces itself.
 *
 * <p>Everything follows from the order and the times of the events. After a restart the table goes
 * on as if there had been none: counters are kept, and the rest follows from the principals
 * themselves. An event of a known principal costs one look-up and allocates nothing.
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
  private final Counter.Child admittedCount;
  private final Counter.Child refusedCount;
  private final Counter.Child evictedCount;
  private final Gauge.Child trackedGauge;
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
    trackedGauge.set(size());
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
    ObjectStore<V>.Slot place = principals.find(model, SEPARATOR, principal);
    if (place == null) {
      return admit(model, principal, timeMillis, tracking);
    }
    V tracked = place.value();
    boolean beginsAnew = tracked == null || !tracked.baselineId().equals(tracking.baselineId());
    if (beginsAnew && leastWorth != null) {
      leastWorth.begins(place);
    }
    return place;
  }

  /** Floods of new names that have come to light, to be called when event time passes. */
  List<Finding> tick(long nowMillis) {
    while (size() > maximum) { // it was larger before the restart
      forget(ordered().removeLeast());
    }
    trackedGauge.set(size());
    return floods.findings(nowMillis);
  }

  int size() {
    return principals.size();
  }

  private ObjectStore<V>.@Nullable Slot admit(
      String model, String principal, long timeMillis, Tracking tracking) {
    if (size() >= maximum) {
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
    ObjectStore<V>.Slot place = principals.slot(model + SEPARATOR + principal);
    if (leastWorth != null) {
      leastWorth.begins(place);
    }
    admittedCount.inc();
    trackedGauge.set(size());
    return place;
  }

  /** Evicts whoever is worth least, if that is less than so many events now. */
  private boolean makeRoom(int frequency, long timeMillis) {
    if (frequency < 2) {
      return false;
    }
    LeastWorth<V> ordered = ordered();
    // One event fewer would already be worth as much: it came more often, however worth is rounded.
    long fadesAtMillis = Worth.fadesAtMillis(ordered.least().value());
    if (timeMillis + Worth.lastingMillis(frequency - 1) < fadesAtMillis) {
      return false;
    }
    forget(ordered.removeLeast());
    return true;
  }

  private LeastWorth<V> ordered() {
    LeastWorth<V> ordered = leastWorth;
    if (ordered == null) {
      ordered = new LeastWorth<>(principals);
      leastWorth = ordered;
    }
    return ordered;
  }

  private void forget(ObjectStore<V>.Slot place) {
    V tracked = place.value();
    principals.delete(place.key());
    evictedCount.inc();
    if (tracked != null) {
      evicted.accept(place.key(), tracked);
    }
  }
}
