package io.inferwarden.detectors.principal;

import java.util.List;

/**
 * The part of a principal's level that one signal carries.
 *
 * @param signal the signal in plain words
 * @param share its part of the level, in [0, 1]; the shares of all signals sum to 1
 * @param excesses the bins seen more often than expected, largest excess first; empty for signals
 *     that carry little
 */
public record SignalShare(String signal, double share, List<BinExcess> excesses) {
  public SignalShare {
    excesses = List.copyOf(excesses);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
  }

  /**
   * A bin that the principal's events fall in more often than expected.
   *
   * @param description the bin in plain words
   * @param expectedProbability what the baseline expects, in (0, 1]
   * @param observedShare what was seen, in [0, 1]
   * @param events over how many events it was seen; only the latest where those carry the evidence
   */
  public record BinExcess(
      String description, double expectedProbability, double observedShare, int events) {}
}
