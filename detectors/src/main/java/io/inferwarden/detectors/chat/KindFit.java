package io.inferwarden.detectors.chat;

/**
 * Fits one kind of principals: the centre {@code p} and concentration {@code kappa} of a
 * Dirichlet-multinomial, from principals who belong to the kind with a given responsibility.
 *
 * <p>{@code p} is the weighted mean of the bin shares, a principal weighing its events up to 60
 * times its responsibility, plus a tenth of an average principal in each bin; {@code kappa} has the
 * largest weighted likelihood on a grid of 30 from 0.5 to 60. No baseline of a few hundred
 * principals can promise that habits vary less than that.
 */
final class KindFit {
  private static final double LEAST_OF_A_PRINCIPAL = 0.1;
  private static final double SMALLEST_KAPPA = 0.5;
  private static final double LARGEST_KAPPA = 60;
  private static final int GRID = 30;

  private final double[][] weightAbove;
  private final double[] weightAboveInTotal;
  private final double[] p;

  private KindFit(PrincipalCounts counts, boolean[] kept, double[] responsibility) {
    this.weightAbove = new double[counts.bins()][counts.mostEvents()];
    this.weightAboveInTotal = new double[counts.mostEvents()];
    this.p = new double[counts.bins()];
    double weights = 0;
    int principals = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        add(counts, i, responsibility[i]);
        weights += counts.weight(i);
        principals++;
      }
    }
    normalise(LEAST_OF_A_PRINCIPAL * weights / principals);
  }

  /** The prior weights {@code kappa p} of the kind. At least one principal must be kept. */
  static double[] alpha(PrincipalCounts counts, boolean[] kept, double[] responsibility) {
    KindFit fit = new KindFit(counts, kept, responsibility);
    double kappa = fit.concentration();
    double[] alpha = fit.p;
    for (int k = 0; k < alpha.length; k++) {
      alpha[k] *= kappa;
    }
    return alpha;
  }

  private void add(PrincipalCounts counts, int principal, double responsibility) {
    int[] own = counts.of(principal);
    double weight = counts.weight(principal) * responsibility;
    for (int k = 0; k < own.length; k++) {
      p[k] += (double) own[k] / counts.events(principal) * weight;
      for (int c = 0; c < own[k]; c++) {
        weightAbove[k][c] += responsibility;
      }
    }
    for (int c = 0; c < counts.events(principal); c++) {
      weightAboveInTotal[c] += responsibility;
    }
  }

  private void normalise(double leastOfABin) {
    double total = 0;
    for (int k = 0; k < p.length; k++) {
      p[k] += leastOfABin;
      total += p[k];
    }
    for (int k = 0; k < p.length; k++) {
      p[k] /= total;
    }
  }

  private double concentration() {
    double best = SMALLEST_KAPPA;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < GRID; i++) {
      double kappa = SMALLEST_KAPPA * Math.pow(LARGEST_KAPPA / SMALLEST_KAPPA, i / (GRID - 1.0));
      double likelihood = logLikelihood(kappa);
      if (likelihood > highest) {
        highest = likelihood;
        best = kappa;
      }
    }
    return best;
  }

  /** Each rising factorial as a sum of logs, summed over the principals first. */
  private double logLikelihood(double kappa) {
    double sum = 0;
    for (int k = 0; k < p.length; k++) {
      sum += weightedLogs(weightAbove[k], kappa * p[k]);
    }
    return sum - weightedLogs(weightAboveInTotal, kappa);
  }

  private static double weightedLogs(double[] weights, double from) {
    double sum = 0;
    for (int i = 0; i < weights.length && weights[i] > 0; i++) {
      sum += weights[i] * Math.log(from + i);
    }
    return sum;
  }
}
