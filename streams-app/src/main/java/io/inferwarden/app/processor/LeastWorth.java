package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the tracked principal that is worth least: the one whose {@linkplain Worth#fadesAtMillis
 * fading} comes first, of equal ones the first by name. What it returns depends on the principals
 * alone and not on how they came here, so that a restart changes nothing.
 *
 * <p>A binary heap over lower bounds. An event moves a principal's fading into the future and
 * leaves the heap alone; the bound is corrected when the principal comes to the top. So an event
 * costs nothing here, and finding the least costs {@code O(log n)} for each principal that asked
 * since it was last looked at, which its events have paid for.
 *
 * <p>A principal whose evidence began anew stands in the heap once more, with a bound that holds;
 * where it stood before is harmless, and is left out when such places are as many as all others.
 *
 * @param <V> the evidence
 */
final class LeastWorth<V extends Tracked> {
  private static final int MANY = 32;

  private final ObjectStore<V> principals;
  private final List<ObjectStore<V>.Slot> heap = new ArrayList<>();

  /** For each place in the heap: its principal does not fade earlier. */
  private long[] boundsMillis = new long[0];

  /**
   * @param principals all are in it from the beginning
   */
  LeastWorth(ObjectStore<V> principals) {
    this.principals = principals;
    order();
  }

  /** Begins with every principal once, and with bounds that are exact. */
  private void order() {
    heap.clear();
    principals.forEachSlot(heap::add);
    boundsMillis = new long[heap.size()];
    for (int i = 0; i < boundsMillis.length; i++) {
      boundsMillis[i] = fadesAtMillis(heap.get(i));
    }
    for (int i = heap.size() / 2 - 1; i >= 0; i--) {
      siftDown(i);
    }
  }

  /** The least one; there must be one. */
  ObjectStore<V>.Slot least() {
    for (int corrected = 0; ; corrected++) {
      if (corrected > heap.size() / MANY) {
        order(); // after long calm all bounds are old, and correcting them together is cheaper
        return heap.get(0);
      }
      ObjectStore<V>.Slot top = heap.get(0);
      if (top.isDeleted()) {
        removeTop();
        continue;
      }
      long fadesAtMillis = fadesAtMillis(top);
      if (fadesAtMillis <= boundsMillis[0]) {
        return top;
      }
      boundsMillis[0] = fadesAtMillis;
      siftDown(0);
    }
  }

  /** Takes out the least one, which is to be forgotten. */
  ObjectStore<V>.Slot removeLeast() {
    ObjectStore<V>.Slot least = least();
    removeTop();
    return least;
  }

  /** Says that a principal is new, or that its evidence begins anew and may be worth less. */
  void begins(ObjectStore<V>.Slot place) {
    if (heap.size() >= 2 * principals.size()) {
      order();
    }
    int index = heap.size();
    heap.add(place);
    if (index == boundsMillis.length) {
      boundsMillis = Arrays.copyOf(boundsMillis, index + index / 2 + 1);
    }
    while (index > 0 && !isBefore((index - 1) / 2, place, Long.MIN_VALUE)) {
      move((index - 1) / 2, index);
      index = (index - 1) / 2;
    }
    heap.set(index, place);
    boundsMillis[index] = Long.MIN_VALUE;
  }

  private void removeTop() {
    int last = heap.size() - 1;
    move(last, 0);
    heap.remove(last);
    if (last > 0) {
      siftDown(0);
    }
  }

  private void siftDown(int from) {
    int index = from;
    ObjectStore<V>.Slot place = heap.get(from);
    long boundMillis = boundsMillis[from];
    for (int child = 1 + 2 * from; child < heap.size(); child = 1 + 2 * index) {
      if (child + 1 < heap.size()
          && !isBefore(child, heap.get(child + 1), boundsMillis[child + 1])) {
        child++;
      }
      if (!isBefore(child, place, boundMillis)) {
        break;
      }
      move(child, index);
      index = child;
    }
    heap.set(index, place);
    boundsMillis[index] = boundMillis;
  }

  private void move(int from, int to) {
    heap.set(to, heap.get(from));
    boundsMillis[to] = boundsMillis[from];
  }

  /** Whether what stands there comes before a place with its bound. */
  private boolean isBefore(int index, ObjectStore<V>.Slot place, long boundMillis) {
    return boundsMillis[index] != boundMillis
        ? boundsMillis[index] < boundMillis
        : heap.get(index).key().compareTo(place.key()) < 0;
  }

  private static long fadesAtMillis(ObjectStore<? extends Tracked>.Slot place) {
    return Worth.fadesAtMillis(place.value());
  }
}
