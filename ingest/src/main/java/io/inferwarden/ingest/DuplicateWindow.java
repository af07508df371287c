package io.inferwarden.ingest;

import java.time.Duration;
import java.util.Arrays;

/**
 * Remembers which event ids were seen, to tell a repeated event from a new one. An id is a
 * duplicate when its newest entry is within the window of event time, before or after. Memory is
 * bounded: beyond the maximum the entry that arrived first is forgotten; event time never makes it
 * forget, so that a future-dated event cannot empty it.
 *
 * <p>Entries have increasing sequence numbers. Whoever persists it writes {@link #forEachSince} the
 * sequence reached last time, and may drop what is below {@link #oldestSequence}; restoring the
 * entries that remain, in order, gives a window with the same future. Not thread-safe. At most 32
 * bytes an id for a maximum that is a power of two.
 */
public final class DuplicateWindow {
  private static final int INITIAL_CAPACITY = 1024;
  private static final int LARGEST_MAXIMUM = 1 << 28;
  private static final int FREE = -1;

  /** Receives one remembered entry. */
  @FunctionalInterface
  public interface EntryConsumer {
    void accept(long sequence, long idHash, long timeMillis);
  }

  private final long windowMillis;
  private final int maximumIds;

  // The ring, in order of arrival; the entry of a sequence is at sequence & (capacity - 1).
  private long[] hashes = new long[INITIAL_CAPACITY];
  private long[] times = new long[INITIAL_CAPACITY];
  private long oldestSequence;
  private long nextSequence;

  // Linear probing from a hash to the ring position of its newest entry.
  private int[] table = new int[2 * INITIAL_CAPACITY];

  /**
   * @param window of event time, from 1 ms
   * @param maximumIds remembered at once, from 1 to 2^28
   */
  public DuplicateWindow(Duration window, int maximumIds) {
    if (window.toMillis() < 1) {
      throw new IllegalArgumentException("window must be at least 1 ms, was " + window);
    }
    if (maximumIds < 1 || maximumIds > LARGEST_MAXIMUM) {
      throw new IllegalArgumentException(
          "maximumIds must be 1 to " + LARGEST_MAXIMUM + ", was " + maximumIds);
    }
    this.windowMillis = window.toMillis();
    this.maximumIds = maximumIds;
    Arrays.fill(table, FREE);
  }

  /** Well-mixed 64-bit hash of an event id, the same in every JVM. */
  public static long hash(String id) {
    return StableHash.of(id);
  }

  /** Whether the id was seen within the window; when it was not, it is recorded now. */
  public boolean isDuplicate(long idHash, long timeMillis) {
    int entry = table[find(idHash)];
    if (entry != FREE && isWithinWindow(times[entry], timeMillis)) {
      return true;
    }
    append(idHash, timeMillis);
    return false;
  }

  /** Number of entries remembered. */
  public int size() {
    return (int) (nextSequence - oldestSequence);
  }

  /** The sequence number that the next new entry will get. */
  public long nextSequence() {
    return nextSequence;
  }

  /** The sequence number of the oldest entry remembered; {@link #nextSequence} when empty. */
  public long oldestSequence() {
    return oldestSequence;
  }

  /** Passes the entries from a sequence number on, in order. */
  public void forEachSince(long sequence, EntryConsumer consumer) {
    for (long at = Math.max(sequence, oldestSequence); at < nextSequence; at++) {
      int position = position(at);
      consumer.accept(at, hashes[position], times[position]);
    }
  }

  /**
   * Appends a persisted entry. The first may have any sequence number, the others follow on it.
   *
   * @throws IllegalArgumentException when an entry is missing before this one
   */
  public void restore(long sequence, long idHash, long timeMillis) {
    if (size() == 0 && sequence >= nextSequence) {
      oldestSequence = sequence;
      nextSequence = sequence;
    }
    if (sequence != nextSequence) {
      throw new IllegalArgumentException("sequence must be " + nextSequence + ", was " + sequence);
    }
    append(idHash, timeMillis);
  }

  private boolean isWithinWindow(long seenMillis, long timeMillis) {
    return Math.abs(timeMillis - seenMillis) <= windowMillis;
  }

  private void append(long idHash, long timeMillis) {
    if (size() == maximumIds) {
      forgetOldest();
    } else if (size() == hashes.length) {
      grow();
    }
    int position = position(nextSequence);
    hashes[position] = idHash;
    times[position] = timeMillis;
    nextSequence++;
    table[find(idHash)] = position;
  }

  private void forgetOldest() {
    int position = position(oldestSequence);
    int slot = find(hashes[position]);
    if (table[slot] == position) {
      free(slot);
    }
    oldestSequence++;
  }

  /** Frees a slot and moves later entries of its run back, so that no probe stops short. */
  private void free(int slot) {
    int mask = table.length - 1;
    int gap = slot;
    for (int next = (gap + 1) & mask; table[next] != FREE; next = (next + 1) & mask) {
      int home = home(hashes[table[next]]);
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        table[gap] = table[next];
        gap = next;
      }
    }
    table[gap] = FREE;
  }

  /** The slot of a hash, or the free slot where it would go. */
  private int find(long idHash) {
    int mask = table.length - 1;
    int slot = home(idHash);
    while (table[slot] != FREE && hashes[table[slot]] != idHash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(long idHash) {
    return (int) StableHash.mix(idHash) & (table.length - 1);
  }

  private int position(long sequence) {
    return (int) sequence & (hashes.length - 1);
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldTimes = times;
    int oldMask = oldHashes.length - 1;
    hashes = new long[2 * oldHashes.length];
    times = new long[2 * oldTimes.length];
    table = new int[2 * table.length];
    Arrays.fill(table, FREE);
    for (long sequence = oldestSequence; sequence < nextSequence; sequence++) {
      int from = (int) sequence & oldMask;
      int to = position(sequence);
      hashes[to] = oldHashes[from];
      times[to] = oldTimes[from];
      table[find(hashes[to])] = to;
    }
  }
}
