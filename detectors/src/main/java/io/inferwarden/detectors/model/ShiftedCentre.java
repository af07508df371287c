package io.inferwarden.detectors.model;

import org.apache.commons.math3.distribution.NormalDistribution;

/** What bin probabilities become when a signal shifts. */
final class ShiftedCentre {
  /** A value rarer than this is hardly one of the usual ones. */
  private static final double LEAST_RARE = .01;

  /** What is not rarer than this has no room to grow. */
  private static final double MOST_RARE = .5;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private ShiftedCentre() {}

  /**
   * The shifted probabilities.
   *
   * @param p usual probabilities; not modified
   * @param size in the unit of the kind
   */
  static double[] of(SignalBaseline signal, ShiftKind kind, double size, double[] p) {
    return switch (kind) {
      case MEAN -> located(p, size, signal.learnedEvents());
      case MISSING -> moved(p, size, signal.bins().missingBin());
      case NEW_VALUE -> moved(p, size, newBin(signal));
      case RARE_VALUE -> moved(p, size / (1 - signal.usual()[rareBin(signal)]), rareBin(signal));
    };
  }

  /**
   * Shifts the normal scores of the bins' edges: exact for a normal value, and for any other one
   * that is a monotone function of it. The learned extremes lie where those of so many events do.
   */
  private static double[] located(double[] p, double deviations, double events) {
    int missing = p.length - 1;
    double present = 1 - p[missing];
    double[] shifted = p.clone();
    double extreme = .5 / (events + 1);
    double cumulated = 0;
    double before = 0;
    for (int k = 0; k < missing; k++) {
      cumulated += p[k] / present;
      double clipped = Math.max(extreme, Math.min(1 - extreme, cumulated));
      double now =
          k == missing - 1
              ? 1
              : NORMAL.cumulativeProbability(
                  NORMAL.inverseCumulativeProbability(clipped) - deviations);
      shifted[k] = present * Math.max(0, now - before);
      before = now;
    }
    return shifted;
  }

  private static double[] moved(double[] p, double share, int bin) {
    double[] shifted = p.clone();
    for (int k = 0; k < p.length; k++) {
      shifted[k] *= 1 - Math.min(1, share);
    }
    shifted[bin] += Math.min(1, share);
    return shifted;
  }

  /** The bin after the frequent values and OTHER. */
  private static int newBin(SignalBaseline signal) {
    return signal.bins().missingBin() - 1;
  }

  /** The rarest frequent value that has a hundredth of the events; -1 where there is none. */
  static int rareBin(SignalBaseline signal) {
    double[] p = signal.usual();
    int rare = -1;
    for (int k = 0; k < newBin(signal) - 1; k++) {
      boolean fits = p[k] >= LEAST_RARE && p[k] <= MOST_RARE;
      rare = fits && (rare < 0 || p[k] < p[rare]) ? k : rare;
    }
    return rare;
  }
}
