package io.inferwarden.detectors.model;

/** A way in which a signal may shift, of which a {@link BlindnessCard} says how soon it is seen. */
public enum ShiftKind {
  /** All values of a number grow by so many standard deviations. */
  MEAN,

  /** So large a share of the events lacks the value. */
  MISSING,

  /** So large a share of the events has a value that was never seen. */
  NEW_VALUE,

  /**
   * So large a share of all events moves to a rare value, from the others in proportion: the total
   * variation distance. The size that doubles the rare value is always among those that are tried.
   */
  RARE_VALUE;

  /** Sizes that are tried. */
  double[] sizes() {
    return this == MEAN
        ? new double[] {.05, .07, .1, .15, .2, .3, .5, .7, 1, 1.5, 2, 3, 4}
        : new double[] {
          .001, .002, .005, .007, .01, .015, .02, .03, .05, .07, .1, .15, .2, .3, .5, .7
        };
  }

  /** Of these a card always gives the time. */
  double[] standardSizes() {
    return switch (this) {
      case MEAN -> new double[] {.2, .5, 1};
      case MISSING, NEW_VALUE -> new double[] {.02, .1};
      case RARE_VALUE -> new double[0];
    };
  }
}
