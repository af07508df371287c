package io.inferwarden.detectors.model;

import org.jspecify.annotations.Nullable;

/**
 * How far what a stream has settled on lies from its fixed baseline.
 *
 * <p>The null follows the stream with a memory of 500 hours, so a change that takes weeks raises no
 * alarm. The baseline never follows, so this gauge cannot be poisoned: it is the population
 * stability index of the settled panes against what the baseline expected of the same hours, less
 * what two samples of these sizes differ by chance, {@code (K - 1)(1/n + 1/m)} (Yurdakul and
 * Naranjo, Journal of Risk Model Validation 14(4), 2020).
 *
 * @param signal name of the signal
 * @param stabilityIndex of the settled panes against the baseline, at least 0
 * @param excess what of it chance does not explain, at least 0
 * @param isCertain whether the excess above the tolerance is beyond chance: fewer than one in
 *     10,000 looks at an unchanged stream
 * @param change from the baseline to what settled
 */
public record SlowDrift(
    String signal, double stabilityIndex, double excess, boolean isCertain, SignalChange change) {
  /** Settled events below which the gauge says nothing. */
  private static final double LEAST_EVENTS = 300;

  /** Normal quantile of one in 10,000. */
  private static final double CERTAIN_DEVIATIONS = 3.72;

  /** The gauge of one signal; null while too little has settled. */
  static @Nullable SlowDrift of(SignalBaseline signal, SettledPanes settled, double tolerance) {
    double events = settled.total();
    if (events < LEAST_EVENTS) {
      return null;
    }
    double[] since = settled.since();
    int bins = signal.size();
    double[] seen = new double[bins];
    double[] expected = new double[bins];
    double[] centre = new double[bins];
    double restsOn = Double.POSITIVE_INFINITY;
    for (int first = 0; first < since.length; first += bins) {
      double here = 0;
      for (int k = 0; k < bins; k++) {
        here += since[first + k];
        seen[k] += since[first + k];
      }
      if (here > 0) {
        restsOn = Math.min(restsOn, signal.fixedCentre(first / bins, centre));
        for (int k = 0; k < bins; k++) {
          expected[k] += here * centre[k];
        }
      }
    }
    SignalChange change = SignalChange.of(signal, expected, seen);
    double index = change.stabilityIndex();
    double perDegree = 1 / events + 1 / Math.max(restsOn, signal.learnedEvents());
    double degrees = signal.size() - 1;
    double chance = degrees * perDegree;
    double certain = chi2Quantile(degrees) * perDegree;
    return new SlowDrift(
        signal.name(), index, Math.max(0, index - chance), index - certain > tolerance, change);
  }

  /** Upper quantile of chi-square by Wilson and Hilferty, PNAS 17(12), 1931. */
  private static double chi2Quantile(double degrees) {
    double ninth = 2 / (9 * degrees);
    double root = 1 - ninth + CERTAIN_DEVIATIONS * Math.sqrt(ninth);
    return degrees * root * root * root;
  }
}
