package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well held-out panes fit around their centres, for every candidate concentration kappa of a
 * pane: log likelihoods over a logarithmic grid from 1 to 10^4, each reckoned when it is asked for.
 */
final class KappaFit {
  private static final int CANDIDATES = 40;
  private static final double LARGEST_LOG10 = 4;

  /** Candidates apart in the first search for the best one; a factor of 2.6 of kappa. */
  private static final int STRIDE = 4;

  private static final double TAIL = .025;
  private static final double UNTOLD_BELOW_KAPPA = 10;
  private static final double UNTOLD_ABOVE_KAPPA = 1000;
  private static final double UNTOLD_KAPPA = 100;
  private static final double[] KAPPA = candidates();

  /**
   * A pane and what is known of it beforehand.
   *
   * @param centre its predicted probabilities
   * @param restsOn events that the centre rests on
   * @param memory strength that varies the centre further; infinite for none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once it is here
  record HeldOutPane(int[] counts, double[] centre, double restsOn, double memory) {
    double strength(double kappa) {
      double strength = Vectors.join(kappa, restsOn);
      return memory == Double.POSITIVE_INFINITY ? strength : Vectors.join(strength, memory);
    }
  }

  private final List<HeldOutPane> panes;
  private final PaneLaw law;

  /** By candidate; NaN until it is asked for. */
  private final double[] logLikelihoods = new double[CANDIDATES];

  /**
   * @param panes whose arrays are not changed any more
   */
  KappaFit(List<HeldOutPane> panes, PaneLaw law) {
    this.panes = panes;
    this.law = law;
    Arrays.fill(logLikelihoods, Double.NaN);
  }

  /** The fit of panes around centres that rest on this many events each. */
  static KappaFit of(LearningPanes panes, HeldOutCentres held, PaneLaw law) {
    List<HeldOutPane> heldOut = new ArrayList<>();
    for (int w = 0; w < panes.size(); w++) {
      heldOut.add(
          new HeldOutPane(
              panes.counts(w), held.centre(w), held.restsOn(w), Double.POSITIVE_INFINITY));
    }
    return new KappaFit(heldOut, law);
  }

  private double logLikelihood(int candidate) {
    if (Double.isNaN(logLikelihoods[candidate])) {
      double sum = 0;
      for (HeldOutPane pane : panes) {
        sum += law.logProbability(pane.strength(KAPPA[candidate]), pane.centre(), pane.counts());
      }
      logLikelihoods[candidate] = sum;
    }
    return logLikelihoods[candidate];
  }

  /**
   * The log likelihood of the best candidate, looked for around the best of every fourth: with one
   * centre for all panes it has a single peak in kappa (Levin and Reeds, "Compound multinomial
   * likelihood functions are unimodal", Annals of Statistics 5, 1977, doi:10.1214/aos/1176343741).
   * With a centre for each pane that is not proven; over drawn panes the search found the best one
   * each time.
   */
  double best() {
    int best = 0;
    for (int i = STRIDE; i < CANDIDATES; i += STRIDE) {
      best = logLikelihood(i) > logLikelihood(best) ? i : best;
    }
    int last = Math.min(CANDIDATES - 1, best + STRIDE - 1);
    for (int i = Math.max(0, best - STRIDE + 1); i <= last; i++) {
      best = logLikelihood(i) > logLikelihood(best) ? i : best;
    }
    return logLikelihood(best);
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
      double weight = Math.exp(logLikelihood(i) - best);
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
    for (int i = 0; i < CANDIDATES; i++) {
      total += Math.exp(logLikelihood(i) - best);
    }
    double held = 0;
    for (int i = 0; i < CANDIDATES; i++) {
      held += Math.exp(logLikelihood(i) - best);
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
