package io.inferwarden.detectors.model;

/**
 * How far the share of one bin moved over the recent memory of the alternative that leads.
 *
 * @param bin name of the bin for people
 * @param expectedShare share that the baseline expected, in [0, 1]
 * @param observedShare share that was observed, in [0, 1]
 */
public record BinShift(String bin, double expectedShare, double observedShare) {
  public BinShift {
    requireShare("expectedShare", expectedShare);
    requireShare("observedShare", observedShare);
  }

  /** The bin's part of the population stability index, at least 0. */
  public double stabilityIndex() {
    double smallest = 1e-4;
    double observed = Math.max(observedShare, smallest);
    double expected = Math.max(expectedShare, smallest);
    return (observed - expected) * Math.log(observed / expected);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], was " + share);
    }
  }
}
