package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DuplicateWindow;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The dedup window of a partition, kept in a store in segments, so that a commit writes only the
 * newest ids.
 */
final class RememberedIds {
  private final ObjectStore<IdSegment> store;
  private final DuplicateWindow window;
  private long oldestSegment;
  private long openNumber = -1;
  private ObjectStore<IdSegment>.@Nullable Slot openSlot;

  RememberedIds(ObjectStore<IdSegment> store, Duration duplicateWindow, int maximumIds) {
    this.store = store;
    this.window = new DuplicateWindow(duplicateWindow, maximumIds);
    this.oldestSegment = Long.MAX_VALUE;
    for (String key : store.sortedKeys()) {
      IdSegment segment = store.get(key);
      if (segment != null) {
        restore(Long.parseLong(key, 16), segment);
      }
    }
    if (oldestSegment == Long.MAX_VALUE) {
      oldestSegment = 0;
    }
  }

  private void restore(long number, IdSegment segment) {
    oldestSegment = Math.min(oldestSegment, number);
    for (int i = 0; i < segment.size; i++) {
      window.restore(number * IdSegment.CAPACITY + i, segment.hashes[i], segment.timesMillis[i]);
    }
  }

  /** Remembers an id; true when it came before within the window. */
  boolean isDuplicate(long hash, long timeMillis) {
    long sequence = window.nextSequence();
    boolean duplicate = window.isDuplicate(hash, timeMillis);
    if (window.nextSequence() == sequence) {
      return duplicate;
    }
    ObjectStore<IdSegment>.Slot slot = slotOf(sequence / IdSegment.CAPACITY);
    IdSegment segment = slot.value();
    if (segment == null) {
      segment = new IdSegment();
      slot.set(segment);
    }
    int index = (int) (sequence % IdSegment.CAPACITY);
    segment.hashes[index] = hash;
    segment.timesMillis[index] = timeMillis;
    segment.size = index + 1;
    slot.changed();
    for (; (oldestSegment + 1) * IdSegment.CAPACITY <= window.oldestSequence(); oldestSegment++) {
      store.delete(key(oldestSegment));
    }
    return duplicate;
  }

  /** Ids mostly go into the segment that the one before went into. */
  private ObjectStore<IdSegment>.Slot slotOf(long number) {
    ObjectStore<IdSegment>.Slot slot = openSlot;
    if (slot == null || number != openNumber) {
      slot = store.slot(key(number));
      openSlot = slot;
      openNumber = number;
    }
    return slot;
  }

  private static String key(long segment) {
    return HexFormat.of().toHexDigits(segment);
  }
}
