package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;

/**
 * Numbers that sum up the scores of an output. With two scores, margin and entropy say what the
 * confidence says already, so they are read from three scores on.
 */
final class ScoreMeasures {
  private static final int LEAST_SCORES = 3;

  private ScoreMeasures() {}

  /** The largest score; NaN when there are none. */
  static double confidence(Observation observation) {
    double largest = Double.NaN;
    for (int i = 0; i < observation.scoreCount(); i++) {
      double score = observation.score(i);
      largest = largest >= score ? largest : score;
    }
    return largest;
  }

  /** The largest score minus the second largest; NaN with fewer than three scores. */
  static double margin(Observation observation) {
    if (observation.scoreCount() < LEAST_SCORES) {
      return Double.NaN;
    }
    double largest = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < observation.scoreCount(); i++) {
      double score = observation.score(i);
      if (score > largest) {
        second = largest;
        largest = score;
      } else if (score > second) {
        second = score;
      }
    }
    return largest - second;
  }

  /**
   * Shannon entropy of the scores as shares of their sum, over that of equal scores, in [0, 1]; NaN
   * with fewer than three scores, with a negative one, or when all are 0.
   */
  static double entropy(Observation observation) {
    int count = observation.scoreCount();
    if (count < LEAST_SCORES) {
      return Double.NaN;
    }
    double sum = 0;
    double logSum = 0;
    for (int i = 0; i < count; i++) {
      double score = observation.score(i);
      if (score < 0) {
        return Double.NaN;
      }
      if (score > 0) {
        sum += score;
        logSum += score * Math.log(score);
      }
    }
    return sum > 0 ? Math.max(0, Math.log(sum) - logSum / sum) / Math.log(count) : Double.NaN;
  }
}
