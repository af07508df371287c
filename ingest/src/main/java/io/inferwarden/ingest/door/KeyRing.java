package io.inferwarden.ingest.door;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The secrets under which names are hidden, one after the other. At any moment exactly one epoch is
 * in force, that of the pseudonym that an event carries:
 *
 * <ul>
 *   <li>the first from the beginning of time, so that a clock that is behind loses nothing,
 *   <li>each other from the end of its overlap, {@code from + overlap} inclusive, until the next
 *       comes into force.
 * </ul>
 *
 * In the overlap itself, from {@code from} inclusive to {@code from + overlap} exclusive, the epoch
 * is the next one: the audit notes its pseudonym beside the one in force, so that an investigation
 * can follow an account across the change without a key. What counts is when an event arrives, to
 * the millisecond, not the time it carries.
 */
public final class KeyRing {
  private final List<KeyEpoch> epochs;
  private final long[] fromMillis;
  private final long[] inForceFromMillis;

  private KeyRing(List<KeyEpoch> epochs) {
    this.epochs = epochs;
    this.fromMillis = epochs.stream().mapToLong(epoch -> epoch.from().toEpochMilli()).toArray();
    this.inForceFromMillis =
        epochs.stream().mapToLong(epoch -> epoch.inForceFrom().toEpochMilli()).toArray();
    inForceFromMillis[0] = Long.MIN_VALUE;
  }

  /**
   * A ring of these epochs.
   *
   * @param epochs at least one, in their order; each begins after the one before and not within its
   *     overlap, and has an id and a secret of its own
   */
  public static KeyRing of(List<KeyEpoch> epochs) {
    List<KeyEpoch> ordered = List.copyOf(epochs);
    if (ordered.isEmpty()) {
      throw new IllegalArgumentException("epochs must not be empty");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < ordered.size(); i++) {
      KeyEpoch epoch = ordered.get(i);
      if (!ids.add(epoch.id())) {
        throw new IllegalArgumentException("ids of epochs must differ, two were " + epoch.id());
      }
      for (KeyEpoch earlier : ordered.subList(0, i)) {
        if (epoch.secret().isSameAs(earlier.secret())) {
          throw new IllegalArgumentException(
              "secrets of epochs must differ, those of "
                  + earlier.id()
                  + " and "
                  + epoch.id()
                  + " were the same");
        }
      }
      requireAfter(epoch, i == 0 ? null : ordered.get(i - 1), i == 1);
    }
    return new KeyRing(ordered);
  }

  private static void requireAfter(
      KeyEpoch epoch, @Nullable KeyEpoch before, boolean isBeforeFirst) {
    if (before == null) {
      return;
    }
    Instant free = isBeforeFirst ? before.from() : before.inForceFrom();
    if (!epoch.from().isAfter(before.from()) || epoch.from().isBefore(free)) {
      throw new IllegalArgumentException(
          "epoch "
              + epoch.id()
              + " must begin after "
              + before.id()
              + " and its overlap, at "
              + free
              + ", but begins at "
              + epoch.from());
    }
  }

  /** All epochs, the oldest first. */
  public List<KeyEpoch> epochs() {
    return epochs;
  }

  /** The epoch of the pseudonyms that events carry which arrive at this time. */
  public KeyEpoch inForceAt(long millis) {
    return epochs.get(indexInForceAt(millis));
  }

  /** The epoch that the audit notes beside the one in force; null outside of an overlap. */
  public @Nullable KeyEpoch nextAt(long millis) {
    int index = indexNextAt(millis);
    return index < 0 ? null : epochs.get(index);
  }

  /** When pseudonyms of this epoch come into force; null for the first, where there was none. */
  public @Nullable Instant inForceFrom(KeyEpoch epoch) {
    return epochs.indexOf(epoch) == 0 ? null : epoch.inForceFrom();
  }

  /** When those of the next come into force; null for the last. */
  public @Nullable Instant inForceUntil(KeyEpoch epoch) {
    int next = epochs.indexOf(epoch) + 1;
    return next == epochs.size() ? null : epochs.get(next).inForceFrom();
  }

  int indexInForceAt(long millis) {
    int index = epochs.size() - 1;
    while (millis < inForceFromMillis[index]) {
      index--;
    }
    return index;
  }

  int indexNextAt(long millis) {
    int index = indexInForceAt(millis) + 1;
    return index < epochs.size() && millis >= fromMillis[index] ? index : -1;
  }

  @Override
  public String toString() {
    return "KeyRing" + epochs;
  }
}
