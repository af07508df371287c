package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.List;

/**
 * How big the change of one signal is, before against after.
 *
 * @param totalVariation half the sum of the absolute differences of the bins' shares, in [0, 1]
 * @param usualMedian median of a number before, in its own unit and to the resolution of the bins;
 *     NaN for a category
 * @param recentMedian median of a number now; NaN for a category
 * @param bins all bins in their order
 */
public record SignalChange(
    double totalVariation, double usualMedian, double recentMedian, List<BinShift> bins) {
  public SignalChange {
    if (!(totalVariation >= 0 && totalVariation <= 1)) {
      throw new IllegalArgumentException("totalVariation must be in [0, 1], was " + totalVariation);
    }
    bins = List.copyOf(bins);
  }

  /**
   * The change of a signal from what was expected to what was seen.
   *
   * @param expected events by bin, with a sum above 0
   * @param seen events by bin, with a sum above 0
   */
  static SignalChange of(SignalBaseline signal, double[] expected, double[] seen) {
    double expectedEvents = Vectors.sum(expected);
    double seenEvents = Vectors.sum(seen);
    List<BinShift> bins = new ArrayList<>();
    double differences = 0;
    for (int k = 0; k < seen.length; k++) {
      double before = Math.min(1, expected[k] / expectedEvents);
      double now = Math.min(1, seen[k] / seenEvents);
      differences += Math.abs(now - before);
      bins.add(new BinShift(signal.bins().binName(signal.name(), k), before, now));
    }
    return new SignalChange(
        Math.min(1, differences / 2), median(signal, expected), median(signal, seen), bins);
  }

  private static double median(SignalBaseline signal, double[] mass) {
    return signal.bins() instanceof NumberBins numbers ? numbers.median(mass) : Double.NaN;
  }

  /** How far the median of a number moved, in its own unit; NaN for a category. */
  public double shift() {
    return recentMedian - usualMedian;
  }

  /** The population stability index of the change, at least 0. */
  public double stabilityIndex() {
    return bins.stream().mapToDouble(BinShift::stabilityIndex).sum();
  }
}
