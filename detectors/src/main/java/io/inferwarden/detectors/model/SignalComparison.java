package io.inferwarden.detectors.model;

import java.util.List;

/**
 * What comparing two versions of a model on one signal says so far.
 *
 * @param signal name of the signal
 * @param differs whether the e-value has reached {@link VersionComparison#PROOF}
 * @param eValue of the comparison, at least 0: the largest so far where it differs, else the
 *     present one
 * @param totalVariation half the sum of the absolute differences of all shares, in [0, 1]
 * @param bins all bins in their order: the older version's share as expected, the newer one's as
 *     observed
 */
public record SignalComparison(
    String signal, boolean differs, double eValue, double totalVariation, List<BinShift> bins) {
  public SignalComparison {
    if (!(eValue >= 0)) {
      throw new IllegalArgumentException("eValue must be >= 0, was " + eValue);
    }
    if (!(totalVariation >= 0 && totalVariation <= 1)) {
      throw new IllegalArgumentException("totalVariation must be in [0, 1], was " + totalVariation);
    }
    bins = List.copyOf(bins);
  }
}
