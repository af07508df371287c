package io.inferwarden.app.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings what comes from several partitions, each nearly in the order of event time, into one such
 * order, while it holds no more of each than it must.
 */
final class MergedByTime {
  /** A partition that has so many events waiting need not bring more. */
  private static final int ENOUGH = 1_000;

  private final List<Deque<RecordedEvent>> waiting = new ArrayList<>();
  private final BitSet finished = new BitSet();
  private final Consumer<RecordedEvent> taker;

  MergedByTime(int partitions, Consumer<RecordedEvent> taker) {
    for (int partition = 0; partition < partitions; partition++) {
      waiting.add(new ArrayDeque<>());
    }
    this.taker = taker;
  }

  void add(int partition, RecordedEvent event) {
    waiting.get(partition).addLast(event);
  }

  /** No more will come from a partition. */
  void finish(int partition) {
    finished.set(partition);
  }

  boolean hasEnough(int partition) {
    return waiting.get(partition).size() >= ENOUGH;
  }

  /** Hands on what no event that is still to come can be before. */
  void handOn() {
    for (int earliest = earliest(); earliest >= 0; earliest = earliest()) {
      taker.accept(waiting.get(earliest).removeFirst());
    }
  }

  /** The partition of the earliest event; negative while one may bring an earlier one. */
  private int earliest() {
    int earliest = -1;
    long earliestMillis = Long.MAX_VALUE;
    for (int partition = 0; partition < waiting.size(); partition++) {
      RecordedEvent first = waiting.get(partition).peekFirst();
      if (first == null) {
        if (!finished.get(partition)) {
          return -1;
        }
      } else if (earliest < 0 || first.timeMillis() < earliestMillis) {
        earliest = partition;
        earliestMillis = first.timeMillis();
      }
    }
    return earliest;
  }
}
