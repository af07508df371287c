package io.inferwarden.detectors.chat;

/** Sums of probabilities that are held as logs. */
final class LogSums {
  private LogSums() {}

  /** {@code ln sum_j exp(logs[j][column])}. */
  static double ofColumn(double[][] logs, int column) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double[] row : logs) {
      largest = Math.max(largest, row[column]);
    }
    double sum = 0;
    for (double[] row : logs) {
      sum += Math.exp(row[column] - largest);
    }
    return largest + Math.log(sum);
  }

  /**
   * Log marginal of each principal's events under a mixture of urns.
   *
   * @param weights of the urns
   * @param alphas prior weights of each urn
   * @param shares receives the posterior probability of each urn for each principal
   */
  static double[] mixture(
      PrincipalCounts counts, double[] weights, double[][] alphas, double[][] shares) {
    for (int j = 0; j < alphas.length; j++) {
      double[] logs = counts.logMarginals(alphas[j]);
      for (int i = 0; i < logs.length; i++) {
        shares[j][i] = Math.log(weights[j]) + logs[i];
      }
    }
    double[] sums = new double[counts.principals()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = ofColumn(shares, i);
      for (double[] row : shares) {
        row[i] = Math.exp(row[i] - sums[i]);
      }
    }
    return sums;
  }
}
