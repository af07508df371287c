package io.inferwarden.bench.simulation;

/** Number of events in each pane. */
@FunctionalInterface
interface Volume {
  /** Draws the number of events of pane {@code pane}, counted from the start of learning. */
  int events(StreamRandom random, int pane);

  /**
   * Poisson around the mean of the hour, 25 on average, as in the shared traces; panes are hours.
   */
  static Volume daily() {
    double[] byHour = {
      14, 14, 14, 15, 15, 15, 17, 18, 22, 27, 34, 38, 42, 44, 45, 42, 38, 32, 26, 22, 18, 16, 15, 14
    };
    return (random, pane) -> random.poisson(byHour[pane % byHour.length]);
  }

  /** The same mean in every pane. */
  static Volume steady(double mean) {
    return (random, pane) -> random.poisson(mean);
  }

  /** From {@code from} on, six hours of every sixty bring five times the events. */
  default Volume withSurgesFrom(int from) {
    return (random, pane) -> events(random, pane) * (pane >= from && pane / 6 % 10 == 3 ? 5 : 1);
  }

  /** From {@code from} on, this many times the events. */
  default Volume timesFrom(int from, int factor) {
    return (random, pane) -> events(random, pane) * (pane >= from ? factor : 1);
  }

  /** From {@code from} on, one in {@code divisor} of the events. */
  default Volume dividedFrom(int from, int divisor) {
    return (random, pane) -> events(random, pane) / (pane >= from ? divisor : 1);
  }
}
