package io.inferwarden.bench.abuse;

/** How the evidence against one account went. */
final class Course {
  private int events;
  private int accusedAtEvent;
  private double highest;
  private double last;

  void take(double level) {
    events++;
    if (level >= 1 && accusedAtEvent == 0) {
      accusedAtEvent = events;
    }
    highest = Math.max(highest, level);
    last = level;
  }

  /** The level after the last event. */
  double last() {
    return last;
  }

  /** Whether the account would be accused at this many times the budget. */
  boolean isAccused(double timesBudget) {
    return highest * timesBudget >= 1;
  }

  /**
   * Queries of an attack until its account was accused.
   *
   * @param eventsBefore events of the account before its attack
   * @return at least 0; infinite when the account was never accused
   */
  double queriesToDetect(int eventsBefore) {
    return accusedAtEvent == 0
        ? Double.POSITIVE_INFINITY
        : Math.max(0, accusedAtEvent - eventsBefore);
  }
}
