package io.inferwarden.bench.simulation.rival;

/** Judges one numeric feature, pane after pane. May remember earlier panes; not thread-safe. */
@FunctionalInterface
public interface NumberRule {
  /**
   * Judges the next pane.
   *
   * @param values finite, in the order of time, at least one; not modified
   * @return whether it alarms at any of them
   */
  boolean alarms(double[] values);
}
