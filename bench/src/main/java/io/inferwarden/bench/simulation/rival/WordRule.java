package io.inferwarden.bench.simulation.rival;

/** Judges one categorical feature, pane after pane. */
@FunctionalInterface
public interface WordRule {
  /**
   * Judges the next pane.
   *
   * @param values of the pane, at least one; not modified
   * @return whether it alarms
   */
  boolean alarms(String[] values);
}
