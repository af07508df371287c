package io.inferwarden.detectors.principal;

import java.util.Arrays;

/**
 * Robust fit of the centre {@code p} and the concentration {@code kappa} of a Dirichlet-multinomial
 * to the bin counts of principals, some of whom may be attackers.
 *
 * <p>Starts from the half of the principals whose profile is nearest the median profile, and then
 * repeats: estimate {@code p} from the kept (nobody counts for more than 60 events) and {@code
 * kappa} by likelihood over a grid; keep everybody whose counts another kind of principal, with a
 * far wider urn, does not explain better by a Bayes factor of 20. At most 12 rounds.
 */
final class RobustFit {
  private static final int MAXIMUM_ROUNDS = 12;
  private static final int HEAVIEST_PRINCIPAL = 60;
  private static final double REJECTING_BAYES_FACTOR = 20;
  private static final double SMALLEST_KAPPA = 0.5;
  private static final double LARGEST_KAPPA = 3000;
  private static final int GRID = 60;
  private static final double KAPPA_STEP = 1.03;

  /** Half of the square of four: how far the log likelihood falls within four standard errors. */
  private static final double FOUR_STANDARD_ERRORS = 8;

  private final double[] p;
  private final double kappa;
  private final boolean[] kept;
  private final double leastKappa;

  /**
   * @param p bin probabilities, each &gt; 0, summing to 1
   * @param kappa concentration between the kept principals, in [0.5, 3000]
   * @param kept who was kept, in the order of the counts
   * @param leastKappa lower end of four standard errors of kappa
   */
  private RobustFit(double[] p, double kappa, boolean[] kept, double leastKappa) {
    this.p = p;
    this.kappa = kappa;
    this.kept = kept;
    this.leastKappa = leastKappa;
  }

  double[] p() {
    return p;
  }

  double kappa() {
    return kappa;
  }

  /**
   * The smallest kappa, in [0.5, {@link #kappa()}], whose log likelihood over the kept principals
   * is at most 8 below that of the fitted one: four standard errors, whatever the number of
   * principals and of their events.
   */
  double leastKappa() {
    return leastKappa;
  }

  boolean[] kept() {
    return kept;
  }

  /**
   * @param counts of each principal and bin; at least one principal, each with an event
   */
  static RobustFit of(int[][] counts) {
    boolean[] kept = nearestHalf(counts);
    double[] p = centre(counts, kept);
    double kappa = concentration(counts, kept, p);
    for (int round = 1; round < MAXIMUM_ROUNDS; round++) {
      boolean[] again = explained(counts, p, kappa);
      if (Arrays.equals(again, kept)) {
        break;
      }
      kept = again;
      p = centre(counts, kept);
      kappa = concentration(counts, kept, p);
    }
    return new RobustFit(p, kappa, kept, leastKappa(counts, kept, p, kappa));
  }

  int keptCount() {
    int count = 0;
    for (boolean one : kept) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static boolean[] nearestHalf(int[][] counts) {
    int bins = counts[0].length;
    double[][] profiles = new double[bins][counts.length];
    for (int i = 0; i < counts.length; i++) {
      int events = Arrays.stream(counts[i]).sum();
      for (int k = 0; k < bins; k++) {
        profiles[k][i] = (counts[i][k] + 0.5 / bins) / (events + 0.5);
      }
    }
    double[] median = new double[bins];
    for (int k = 0; k < bins; k++) {
      median[k] = Quantiles.median(profiles[k]);
    }
    normalise(median);
    double[] spread = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      for (int k = 0; k < bins; k++) {
        spread[i] += Math.abs(profiles[k][i] - median[k]);
      }
      spread[i] *= Math.sqrt(Math.min(Arrays.stream(counts[i]).sum(), HEAVIEST_PRINCIPAL));
    }
    double middle = Quantiles.median(spread);
    boolean[] kept = new boolean[counts.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = spread[i] <= middle;
    }
    return kept;
  }

  private static double[] centre(int[][] counts, boolean[] kept) {
    double[] p = new double[counts[0].length];
    Arrays.fill(p, 0.5);
    for (int i = 0; i < counts.length; i++) {
      if (kept[i]) {
        double events = Arrays.stream(counts[i]).sum();
        double weight = Math.min(events, HEAVIEST_PRINCIPAL) / events;
        for (int k = 0; k < p.length; k++) {
          p[k] += counts[i][k] * weight;
        }
      }
    }
    normalise(p);
    return p;
  }

  private static void normalise(double[] values) {
    double total = Arrays.stream(values).sum();
    for (int k = 0; k < values.length; k++) {
      values[k] /= total;
    }
  }

  private static double concentration(int[][] counts, boolean[] kept, double[] p) {
    DirichletMultinomial.Pooled pooled = new DirichletMultinomial.Pooled(counts, kept);
    double best = SMALLEST_KAPPA;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < GRID; i++) {
      double kappa = SMALLEST_KAPPA * Math.pow(LARGEST_KAPPA / SMALLEST_KAPPA, i / (GRID - 1.0));
      double likelihood = pooled.logMarginal(kappa, p);
      if (likelihood > highest) {
        highest = likelihood;
        best = kappa;
      }
    }
    return best;
  }

  private static double leastKappa(int[][] counts, boolean[] kept, double[] p, double fitted) {
    DirichletMultinomial.Pooled pooled = new DirichletMultinomial.Pooled(counts, kept);
    double lowest = pooled.logMarginal(fitted, p) - FOUR_STANDARD_ERRORS;
    double kappa = fitted;
    while (kappa / KAPPA_STEP >= SMALLEST_KAPPA
        && pooled.logMarginal(kappa / KAPPA_STEP, p) > lowest) {
      kappa /= KAPPA_STEP;
    }
    return kappa;
  }

  private static boolean[] explained(int[][] counts, double[] p, double kappa) {
    double[] usual = scaled(p, kappa / 2);
    double[] wide = scaled(p, kappa / 8);
    double[] wider = scaled(p, kappa / 32);
    double[] other = new double[p.length];
    Arrays.fill(other, 0.5);
    boolean[] explained = new boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      double base = DirichletMultinomial.logMarginal(usual, counts[i]);
      double bayesFactor =
          (Math.exp(DirichletMultinomial.logMarginal(wide, counts[i]) - base)
                  + Math.exp(DirichletMultinomial.logMarginal(wider, counts[i]) - base)
                  + Math.exp(DirichletMultinomial.logMarginal(other, counts[i]) - base))
              / 3;
      explained[i] = bayesFactor < REJECTING_BAYES_FACTOR;
    }
    return explained;
  }

  private static double[] scaled(double[] p, double factor) {
    return Arrays.stream(p).map(value -> value * factor).toArray();
  }
}
