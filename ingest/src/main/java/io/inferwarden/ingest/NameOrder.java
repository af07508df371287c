package io.inferwarden.ingest;

import java.util.Arrays;

/**
 * Puts names in order, equal ones in that of their places. Events of one model nearly always name
 * their parts in the order of the event before, so that is tried first; a heap sort bounds the cost
 * of others. Reused from event to event; not thread-safe.
 */
final class NameOrder {
  private static final int INITIAL_CAPACITY = 32;

  private String[] names = new String[INITIAL_CAPACITY];
  private int[] order = new int[INITIAL_CAPACITY];
  private int size;
  private int ordered;

  void clear() {
    size = 0;
  }

  /** Adds the name at the next place. */
  void add(String name) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      order = Arrays.copyOf(order, 2 * size);
    }
    names[size++] = name;
  }

  /** Sorts the names added since {@link #clear()}. */
  void sort() {
    if (ordered != size) {
      for (int i = 0; i < size; i++) {
        order[i] = i;
      }
      ordered = size;
    }
    if (isSorted()) {
      return;
    }
    for (int root = size / 2 - 1; root >= 0; root--) {
      sink(root, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  /** The place of the name with this rank. */
  int place(int rank) {
    return order[rank];
  }

  private boolean isSorted() {
    for (int rank = 1; rank < size; rank++) {
      if (isLess(order[rank], order[rank - 1])) {
        return false;
      }
    }
    return true;
  }

  private void sink(int from, int end) {
    int parent = from;
    for (int child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
      if (child + 1 < end && isLess(order[child], order[child + 1])) {
        child++;
      }
      if (!isLess(order[parent], order[child])) {
        return;
      }
      swap(parent, child);
      parent = child;
    }
  }

  private boolean isLess(int place, int other) {
    int compared = names[place].compareTo(names[other]);
    return compared == 0 ? place < other : compared < 0;
  }

  private void swap(int rank, int other) {
    int place = order[rank];
    order[rank] = order[other];
    order[other] = place;
  }
}
