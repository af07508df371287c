package io.inferwarden.alerting;

import java.util.List;

/**
 * How big a change of one signal is: how far its distribution moved, by how much in its own unit,
 * and what it was before and is now, bin by bin.
 *
 * @param totalVariation half the sum of the absolute differences of all shares, 0 (the same) to 1
 *     (nothing in common); NaN when unknown
 * @param shift how far the signal moved in its own unit; NaN when it has none, as categories
 * @param usualMedian the typical value before, in the signal's own unit; NaN when there is none
 * @param recentMedian the typical value now, in the signal's own unit; NaN when there is none
 * @param histogram all bins in their order, at most {@value #MOST_BINS}; empty when unknown
 */
public record Change(
    double totalVariation,
    double shift,
    double usualMedian,
    double recentMedian,
    List<HistogramBin> histogram) {
  /** More bins than this are no histogram for people. */
  public static final int MOST_BINS = 64;

  /** What rounding may add to a sum of {@value #MOST_BINS} shares. */
  private static final double ROUNDING = 1e-6;

  public Change {
    totalVariation = Checks.shareOrUnknown("totalVariation", totalVariation);
    Checks.finiteOrUnknown("shift", shift);
    Checks.finiteOrUnknown("usualMedian", usualMedian);
    Checks.finiteOrUnknown("recentMedian", recentMedian);
    histogram = List.copyOf(histogram);
    checkBins(histogram);
  }

  /** The change of a number. */
  public static Change ofNumbers(
      double totalVariation,
      double shift,
      double usualMedian,
      double recentMedian,
      List<HistogramBin> histogram) {
    return new Change(totalVariation, shift, usualMedian, recentMedian, histogram);
  }

  /** The change of a signal whose values have no distance from each other. */
  public static Change ofCategories(double totalVariation, List<HistogramBin> histogram) {
    return new Change(totalVariation, Double.NaN, Double.NaN, Double.NaN, histogram);
  }

  /** Half the sum of the absolute differences of all shares, 0..1. */
  public static double totalVariation(List<HistogramBin> histogram) {
    double sum = 0;
    for (HistogramBin bin : histogram) {
      sum += Math.abs(bin.observedShare() - bin.expectedShare());
    }
    return Math.min(1, sum / 2);
  }

  private static void checkBins(List<HistogramBin> histogram) {
    if (histogram.size() > MOST_BINS) {
      throw new IllegalArgumentException(
          "histogram must have at most " + MOST_BINS + " bins, had " + histogram.size());
    }
    double expected = 0;
    double observed = 0;
    double contributed = 0;
    for (HistogramBin bin : histogram) {
      expected += bin.expectedShare();
      observed += bin.observedShare();
      contributed += Double.isNaN(bin.contribution()) ? 0 : bin.contribution();
    }
    checkSum("expected shares", expected);
    checkSum("observed shares", observed);
    checkSum("contributions", contributed);
  }

  private static void checkSum(String name, double sum) {
    if (!(sum <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "sum of the " + name + " of a histogram must be <= 1, was " + sum);
    }
  }
}
