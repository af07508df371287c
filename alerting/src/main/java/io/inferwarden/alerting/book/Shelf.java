package io.inferwarden.alerting.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of each key, in the order of their places and in that of their offsets, bounded.
 * One thread writes; readers never wait for it nor hold it up.
 */
final class Shelf<V> {

  /** A value, and what is known of its record. */
  record Kept<V>(Place place, V value, long offset, int bytes) {}

  private static final long NOTHING_YET = -1;

  private final BookLimits limits;
  private final Predicate<V> isFinished;
  private final Consumer<V> left;

  private final Map<String, Kept<V>> byKey = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Place, Kept<V>> byPlace = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, Kept<V>> byOffset = new ConcurrentSkipListMap<>();
  private final AtomicLong forgotten = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The finished ones, the one that was changed longest ago first; only the writer looks. */
  private final TreeMap<Long, Kept<V>> finished = new TreeMap<>();

  /** Only the writer looks. */
  private long bytes;

  private volatile long nextOffset = NOTHING_YET;

  /**
   * @param isFinished which values leave first
   * @param left hears of every value that goes, also of one that a newer one replaces
   */
  Shelf(BookLimits limits, Predicate<V> isFinished, Consumer<V> left) {
    this.limits = limits;
    this.isFinished = isFinished;
    this.left = left;
  }

  void put(Place place, V value, long offset, int size) {
    Kept<V> kept = new Kept<>(place, value, offset, size);
    Kept<V> before = byKey.put(place.key(), kept);
    byPlace.put(place, kept);
    byOffset.put(offset, kept);
    bytes += size;
    if (before != null) {
      forget(before, !before.place().equals(place));
    }
    if (isFinished.test(value)) {
      finished.put(offset, kept);
    }
    while ((byKey.size() > limits.records() || bytes > limits.bytes()) && byKey.size() > 1) {
      Map.Entry<Long, Kept<V>> first = finished.firstEntry();
      Kept<V> leaving = first == null ? byPlace.lastEntry().getValue() : first.getValue();
      byKey.remove(leaving.place().key());
      forget(leaving, true);
      forgotten.incrementAndGet();
    }
  }

  void remove(String key) {
    Kept<V> before = byKey.remove(key);
    if (before != null) {
      forget(before, true);
    }
  }

  private void forget(Kept<V> gone, boolean losesItsPlace) {
    if (losesItsPlace) {
      byPlace.remove(gone.place());
    }
    byOffset.remove(gone.offset());
    finished.remove(gone.offset());
    bytes -= gone.bytes();
    left.accept(gone.value());
  }

  void clear() {
    List.copyOf(byKey.keySet()).forEach(this::remove);
    nextOffset = NOTHING_YET;
    signal();
  }

  Optional<V> find(String key) {
    return Optional.ofNullable(byKey.get(key)).map(Kept::value);
  }

  /** The latest value of each key whose offset is greater, at most so many, in that order. */
  List<Kept<V>> changedAfter(long offset, int most) {
    List<Kept<V>> later = new ArrayList<>();
    for (Kept<V> kept : byOffset.tailMap(offset, false).values()) {
      if (later.size() == most) {
        break;
      }
      later.add(kept);
    }
    return later;
  }

  /** All values, the newest first; what changes meanwhile may be seen as it was or is. */
  Iterable<V> all() {
    return () -> byPlace.values().stream().map(Kept::value).iterator();
  }

  Page<V> page(Predicate<V> wanted, @Nullable Place after, int limit) {
    List<V> items = new ArrayList<>();
    Place last = null;
    var rest = after == null ? byPlace : byPlace.tailMap(after, false);
    for (Kept<V> kept : rest.values()) {
      if (!wanted.test(kept.value())) {
        continue;
      }
      if (items.size() == limit) {
        return new Page<>(items, Optional.ofNullable(last));
      }
      items.add(kept.value());
      last = kept.place();
    }
    return new Page<>(items, Optional.empty());
  }

  int size() {
    return byKey.size();
  }

  /** How many had to leave for want of room. */
  long forgotten() {
    return forgotten.get();
  }

  /** Whether all that the topic held when it was first looked at is here. */
  boolean isCaughtUp() {
    return nextOffset != NOTHING_YET;
  }

  /** Where the next record can be at the earliest; -1 before it has caught up. */
  long nextOffset() {
    return nextOffset;
  }

  void reached(long next) {
    if (next != nextOffset) {
      nextOffset = next;
      signal();
    }
  }

  /** Lets those who wait look again. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the condition came to hold in time; it is asked whenever something has changed. */
  boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
