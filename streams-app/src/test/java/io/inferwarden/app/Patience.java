package io.inferwarden.app;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for a condition by looking again and again, for as long as it is worth. */
final class Patience {
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private Patience() {}

  /** Returns when the condition holds; fails with the expectation when it does not come to. */
  static void until(String expectation, Duration patience, Callable<Boolean> condition)
      throws Exception {
    if (!holdsWithin(patience, condition)) {
      throw new AssertionError(
          "within " + patience.toSeconds() + " s it did not come true that " + expectation);
    }
  }

  /** Whether the condition came to hold in time. */
  static boolean holdsWithin(Duration patience, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
    return true;
  }
}
