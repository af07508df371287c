package io.inferwarden.detectors.model;

import org.jspecify.annotations.Nullable;

/**
 * How well held-out panes fit around their centres, for every candidate concentration kappa of a
 * pane: log likelihoods over a logarithmic grid from 1 to 10^4.
 */
final class KappaFit {
  private static final int CANDIDATES = 40;
  private static final double LARGEST_LOG10 = 4;
  private static final double TAIL = .025;
  private static final double UNTOLD_BELOW_KAPPA = 10;
  private static final double UNTOLD_ABOVE_KAPPA = 1000;
  private static final double UNTOLD_KAPPA = 100;
  private static final double[] KAPPA = candidates();

  private final double[] fit = new double[CANDIDATES];
  private final PaneLaw law;

  KappaFit(PaneLaw law) {
    this.law = law;
  }

  /** The fit of panes around centres that rest on this many events each. */
  static KappaFit of(LearningPanes panes, HeldOutCentres held, PaneLaw law) {
    KappaFit fit = new KappaFit(law);
    for (int w = 0; w < panes.size(); w++) {
      fit.add(panes.counts(w), held.centre(w), held.restsOn(w), null);
    }
    return fit;
  }

  /**
   * Adds a pane.
   *
   * @param memory strength that varies the centre further; null for none
   */
  void add(int[] counts, double[] centre, double restsOn, @Nullable Double memory) {
    for (int i = 0; i < CANDIDATES; i++) {
      double strength = Vectors.join(KAPPA[i], restsOn);
      if (memory != null) {
        strength = Vectors.join(strength, memory);
      }
      fit[i] += law.logProbability(strength, centre, counts);
    }
  }

  double best() {
    double best = Double.NEGATIVE_INFINITY;
    for (double each : fit) {
      best = Math.max(best, each);
    }
    return best;
  }

  /**
   * One over the posterior mean of 1/kappa: a point estimate at the top of a flat likelihood would
   * be too sure. Where the panes say nothing of kappa, because the signal hardly varies, only
   * concentrations from {@link #UNTOLD_KAPPA} on are believed: else a signal that was constant
   * would take any change for the usual variation of panes.
   */
  double kappa() {
    boolean isUntold =
        quantile(TAIL) < UNTOLD_BELOW_KAPPA && quantile(1 - TAIL) > UNTOLD_ABOVE_KAPPA;
    double least = isUntold ? UNTOLD_KAPPA : 0;
    double best = best();
    double weights = 0;
    double inverse = 0;
    for (int i = 0; i < CANDIDATES; i++) {
      if (KAPPA[i] < least) {
        continue;
      }
      double weight = Math.exp(fit[i] - best);
      weights += weight;
      inverse += weight / KAPPA[i];
    }
    return weights / inverse;
  }

  /**
   * The candidate up to which the posterior holds at least this share.
   *
   * @param share in (0, 1]
   */
  double quantile(double share) {
    double best = best();
    double total = 0;
    for (double each : fit) {
      total += Math.exp(each - best);
    }
    double held = 0;
    for (int i = 0; i < CANDIDATES; i++) {
      held += Math.exp(fit[i] - best);
      if (held >= share * total) {
        return KAPPA[i];
      }
    }
    return KAPPA[CANDIDATES - 1];
  }

  private static double[] candidates() {
    double[] kappa = new double[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      kappa[i] = Math.pow(10, LARGEST_LOG10 * i / (CANDIDATES - 1));
    }
    return kappa;
  }
}
