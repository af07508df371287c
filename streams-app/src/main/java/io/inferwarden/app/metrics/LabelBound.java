package io.inferwarden.app.metrics;

import java.util.HashSet;
import java.util.Set;

/**
 * Keeps the values of one label of a metric bounded, where they come from data. The first values
 * have a place for good; further ones are shown as {@link #OTHER}, and each time is told.
 * Thread-safe.
 */
public final class LabelBound {
  /** What stands for all values that have no place. */
  public static final String OTHER = "__other__";

  private final int most;
  private final Runnable onOverflow;
  private final Set<String> placed = new HashSet<>();

  /**
   * @param most values that have a place at most, above 0
   * @param onOverflow told each time that a value is shown as {@link #OTHER}
   */
  LabelBound(int most, Runnable onOverflow) {
    if (most <= 0) {
      throw new IllegalArgumentException("most must be > 0, was " + most);
    }
    this.most = most;
    this.onOverflow = onOverflow;
  }

  /** The value to show: itself where it has or gets a place, else {@link #OTHER}. */
  public String shown(String value) {
    if (hasPlace(value)) {
      return value;
    }
    onOverflow.run();
    return OTHER;
  }

  private synchronized boolean hasPlace(String value) {
    if (value.equals(OTHER)) {
      return false; // else two things would be shown under one name
    }
    return placed.contains(value) || (placed.size() < most && placed.add(value));
  }
}
