package io.inferwarden.app.processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds the tracked principal that is worth least: the one whose {@linkplain
 * PrincipalPlace#fadesAtMillis fading} comes first, of equal ones the first by name. What it
 * returns depends on the principals alone and not on how they came here, so that a restart changes
 * nothing.
 *
 * <p>A binary heap over lower bounds. An event moves a principal's fading into the future and
 * leaves the heap alone; the bound is corrected when the principal comes to the top. So an event
 * costs nothing here, and finding the least costs {@code O(log n)} for each principal that asked
 * since it was last looked at, which its events have paid for.
 *
 * @param <V> the evidence
 */
final class LeastWorth<V extends Tracked> {
  private static final int MANY = 32;

  private final List<PrincipalPlace<V>> heap;

  LeastWorth(Collection<PrincipalPlace<V>> places) {
    heap = new ArrayList<>(places);
    order();
  }

  private void order() {
    for (int i = 0; i < heap.size(); i++) {
      PrincipalPlace<V> place = heap.get(i);
      place.boundMillis = place.fadesAtMillis();
      place.heapIndex = i;
    }
    for (int i = heap.size() / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  /** The least one; there must be one. */
  PrincipalPlace<V> least() {
    for (int corrected = 0; ; corrected++) {
      if (corrected > heap.size() / MANY) {
        order(); // after long calm all bounds are old, and correcting them together is cheaper
        return heap.get(0);
      }
      PrincipalPlace<V> top = heap.get(0);
      long fadesAtMillis = top.fadesAtMillis();
      if (fadesAtMillis <= top.boundMillis) {
        return top;
      }
      top.boundMillis = fadesAtMillis;
      siftDown(0);
    }
  }

  void removeLeast() {
    PrincipalPlace<V> last = heap.remove(heap.size() - 1);
    if (!heap.isEmpty()) {
      set(0, last);
      siftDown(0);
    }
  }

  void add(PrincipalPlace<V> place) {
    heap.add(place);
    place.heapIndex = heap.size() - 1;
    lowered(place);
  }

  /** Says that the principal's evidence began anew, so that it may be worth less than before. */
  void lowered(PrincipalPlace<V> place) {
    place.boundMillis = Long.MIN_VALUE;
    int index = place.heapIndex;
    while (index > 0 && isBefore(place, heap.get((index - 1) / 2))) {
      set(index, heap.get((index - 1) / 2));
      index = (index - 1) / 2;
    }
    set(index, place);
  }

  private void siftDown(int from) {
    int index = from;
    PrincipalPlace<V> moved = heap.get(index);
    for (int child = 2 * index + 1; child < heap.size(); child = 2 * index + 1) {
      if (child + 1 < heap.size() && isBefore(heap.get(child + 1), heap.get(child))) {
        child++;
      }
      if (!isBefore(heap.get(child), moved)) {
        break;
      }
      set(index, heap.get(child));
      index = child;
    }
    set(index, moved);
  }

  private void set(int index, PrincipalPlace<V> place) {
    heap.set(index, place);
    place.heapIndex = index;
  }

  private boolean isBefore(PrincipalPlace<V> one, PrincipalPlace<V> other) {
    return one.boundMillis != other.boundMillis
        ? one.boundMillis < other.boundMillis
        : one.key.compareTo(other.key) < 0;
  }
}
