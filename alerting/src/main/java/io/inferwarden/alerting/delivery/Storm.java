package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says when there is more to tell than the rate allows, and what of it a digest may tell. */
final class Storm {
  private static final Comparator<Waiting> GRAVEST_FIRST =
      Comparator.comparing(Waiting::gravity).reversed().thenComparing(Waiting::place);

  /** A digest that is not back from the outbox by then is another instance's to tell. */
  static final long LONGEST_WAY_MILLIS = 60_000;

  private final DeliverySettings.@Nullable Digest digest;
  private final double allowance;

  /** The digest that tells of the storm so far; null when none is on its way. */
  private @Nullable String untold;

  private long untoldSinceMillis;
  private boolean isUntoldHere;

  Storm(DeliverySettings settings) {
    DeliverySettings.Rate rate = settings.rate();
    this.digest = settings.digest();
    this.allowance =
        digest == null || rate == null
            ? Double.POSITIVE_INFINITY
            : Math.max(
                1, rate.messages() * (double) digest.patience().toMillis() / rate.per().toMillis());
  }

  /**
   * Whether more waits than can be told soon, and no digest is on its way already.
   *
   * @param free how many messages may go at once
   */
  boolean isOn(Collection<Waiting> held, int free, long nowMillis) {
    if (isOnItsWay(nowMillis) || held.size() <= free + allowance) {
      return false;
    }
    int count = 0;
    for (Waiting waiting : held) {
      count += waiting.isUnderWay() || waiting.isHeld() ? 0 : 1;
    }
    return count > free + allowance;
  }

  private boolean isOnItsWay(long nowMillis) {
    return untold != null && (isUntoldHere || nowMillis - untoldSinceMillis < LONGEST_WAY_MILLIS);
  }

  /** All that waits but what is told by itself. */
  List<Waiting> foldable(Collection<Waiting> held) {
    List<Waiting> foldable = new ArrayList<>();
    if (digest == null) {
      return foldable;
    }
    List<Waiting> grave = new ArrayList<>();
    for (Waiting waiting : held) {
      if (waiting.isUnderWay()
          || waiting.isHeld()
          || waiting.notification().incident().kind().isOfDelivery()) {
        continue;
      }
      boolean isGrave = waiting.pages() && waiting.gravity().compareTo(digest.aloneFrom()) >= 0;
      (isGrave ? grave : foldable).add(waiting);
    }
    if (grave.size() > digest.mostAlone()) {
      grave.sort(GRAVEST_FIRST);
      foldable.addAll(grave.subList(digest.mostAlone(), grave.size()));
    }
    return foldable;
  }

  void toldBy(Notification made, long nowMillis) {
    untold = made.id();
    untoldSinceMillis = nowMillis;
    isUntoldHere = false;
  }

  /** A notification has come from the outbox. */
  void came(Notification notification) {
    isUntoldHere |= notification.id().equals(untold);
  }

  /** It was told, or is another instance's to tell. */
  void ended(Notification notification) {
    if (notification.id().equals(untold)) {
      untold = null;
    }
  }

  /** The digest may never have been committed. */
  void forget() {
    untold = null;
  }
}
