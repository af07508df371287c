package io.inferwarden.alerting.book;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what one partition of a compacted topic holds. One thread brings the records, in order; any
 * number of threads ask at the same time.
 */
public interface TopicBook {
  /**
   * Takes a record; a null value forgets the key. Never throws on what the topic holds: what cannot
   * be read is logged and counted, and the book keeps what it knew.
   *
   * @param offset greater than that of every record before it
   */
  void accept(String key, byte @Nullable [] value, long offset);

  /**
   * Everything that the topic holds before this offset has been accepted.
   *
   * @param nextOffset where the next record can be at the earliest
   */
  void reached(long nextOffset);

  /** Forgets everything: the topic is not the one that it was. */
  void clear();
}
