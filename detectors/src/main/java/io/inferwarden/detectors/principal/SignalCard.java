package io.inferwarden.detectors.principal;

/**
 * What a baseline knows of one signal.
 *
 * @param name the signal in plain words
 * @param bins number of bins
 * @param kappa fitted Dirichlet concentration between honest principals: small when they differ
 *     much
 * @param principalsKept principals the robust fit took as honest
 * @param principals principals with enough events to be looked at
 */
public record SignalCard(String name, int bins, double kappa, int principalsKept, int principals) {
  public SignalCard {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be >= 1, was " + bins);
    }
    if (!(kappa > 0)) {
      throw new IllegalArgumentException("kappa must be > 0, was " + kappa);
    }
    if (principalsKept < 0 || principalsKept > principals) {
      throw new IllegalArgumentException(
          "principalsKept must be in [0, " + principals + "], was " + principalsKept);
    }
  }
}
