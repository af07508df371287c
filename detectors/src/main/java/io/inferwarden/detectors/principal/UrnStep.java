package io.inferwarden.detectors.principal;

/**
 * What one signal of one event does to the evidence, in floating point: the counts before it, and
 * then the likelihood ratio of each alternative. Reused.
 */
final class UrnStep {
  /** Earlier events of the signal in the bin of this one. */
  double count;

  /** Earlier events of the signal. */
  double total;

  double slow;
  double slowTotal;
  double fast;
  double fastTotal;

  /** Bits that choose how numbers are rounded. */
  long random;

  /** Odds that the principal is of a kind nobody has seen yet. */
  double unseenOdds;

  /** The same odds after this event. */
  double nextUnseenOdds;

  /** Probability of the bin under each alternative over that under the null. */
  final double[] ratios = new double[SignalUrn.ALTERNATIVES];
}
