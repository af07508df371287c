package io.inferwarden.app.processor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When this instance last read an event of any partition. A partition without events while its
 * siblings have some may just be waiting for its turn in the consumer that they share; so it counts
 * as idle only when all are quiet, or when it has been alone in its silence for long.
 */
final class InstanceActivity {
  /** How many times longer a partition must be without events while others have some. */
  private static final int ALONE = 10;

  private final AtomicLong lastEventMillis = new AtomicLong(Long.MIN_VALUE);

  void eventAt(long wallClockMillis) {
    lastEventMillis.set(wallClockMillis);
  }

  /**
   * Whether a partition is idle.
   *
   * @param ownIdleMillis how long it has been without events
   */
  boolean isIdle(long ownIdleMillis, long wallClockMillis, Duration idleAfter) {
    long needed = idleAfter.toMillis();
    boolean allQuiet = wallClockMillis - needed >= lastEventMillis.get();
    return allQuiet ? ownIdleMillis >= needed : ownIdleMillis >= ALONE * needed;
  }
}
