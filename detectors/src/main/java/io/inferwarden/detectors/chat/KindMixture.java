package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.Quantiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A given number of kinds of principals, found by a trimmed expectation maximisation for a mixture
 * of Dirichlet-multinomials.
 *
 * <p>Starts from principals that are far apart: the one nearest the median profile, then each time
 * the one at the 85 % quantile of the distance to those chosen (not the farthest, which may be an
 * outlier). Left out of the next round is whom the wide urns {@code 4 c}, {@code c} and {@code 1/2}
 * around the common centre {@code c} explain better than the kinds by a Bayes factor of 20. At most
 * 25 rounds.
 */
final class KindMixture {
  private static final int MAXIMUM_ROUNDS = 25;
  private static final int FEWEST_ROUNDS = 7;
  private static final double REJECTING_LOG_BAYES_FACTOR = Math.log(20);
  private static final double FAR = 0.85;
  private static final double START_SHARE = 0.6;
  private static final double START_RESPONSIBILITY = 0.9;
  private static final int LANES = 8;
  private static final double LEAST_RESPONSIBILITY = 1e-9;

  private final PrincipalCounts counts;
  private final double[][] responsibilities;
  private final double[] weights;
  private final double[][] alphas;
  private boolean[] kept;

  private KindMixture(PrincipalCounts counts, int kinds) {
    this.counts = counts;
    this.responsibilities = new double[kinds][counts.principals()];
    this.weights = new double[kinds];
    this.alphas = new double[kinds][];
    this.kept = new boolean[counts.principals()];
  }

  static KindMixture of(PrincipalCounts counts, int kinds) {
    KindMixture mixture = new KindMixture(counts, kinds);
    mixture.start();
    for (int round = 1; round <= MAXIMUM_ROUNDS; round++) {
      mixture.maximise();
      boolean[] again = mixture.expect();
      if (round >= FEWEST_ROUNDS && Arrays.equals(again, mixture.kept)) {
        break;
      }
      mixture.kept = again;
    }
    return mixture;
  }

  double[] weights() {
    return weights;
  }

  /** The prior weights of each kind's urn. */
  double[][] alphas() {
    return alphas;
  }

  /** Who is explained by the kinds, in the order of the counts. */
  boolean[] kept() {
    return kept;
  }

  /** The kind that a principal belongs to most likely. */
  int kindOf(int principal) {
    int best = 0;
    for (int j = 1; j < responsibilities.length; j++) {
      if (responsibilities[j][principal] > responsibilities[best][principal]) {
        best = j;
      }
    }
    return best;
  }

  private void start() {
    double[][] profiles = profiles();
    double[] medians = new double[counts.bins()];
    for (int k = 0; k < medians.length; k++) {
      int bin = k;
      medians[k] = median(Arrays.stream(profiles).mapToDouble(p -> p[bin]).sorted().toArray());
    }
    double[] nearest = distances(profiles, profiles[smallest(distances(profiles, medians))]);
    double[][] toSeed = new double[responsibilities.length][];
    toSeed[0] = nearest.clone();
    for (int j = 1; j < toSeed.length; j++) {
      toSeed[j] = distances(profiles, profiles[atFarQuantile(nearest)]);
      for (int i = 0; i < nearest.length; i++) {
        nearest[i] = Math.min(nearest[i], toSeed[j][i]);
      }
    }
    for (int i = 0; i < kept.length; i++) {
      int own = 0;
      for (int j = 0; j < toSeed.length; j++) {
        own = toSeed[j][i] < toSeed[own][i] ? j : own;
        responsibilities[j][i] = (1 - START_RESPONSIBILITY) / toSeed.length;
      }
      responsibilities[own][i] += START_RESPONSIBILITY;
    }
    keepAtStart(nearest);
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private void keepAtStart(double[] distances) {
    Arrays.fill(kept, true);
    if (weights.length == 1) {
      for (int i = 0; i < distances.length; i++) {
        distances[i] *= Math.sqrt(counts.weight(i));
      }
      double limit = Quantiles.of(Arrays.stream(distances).sorted().toArray(), START_SHARE);
      for (int i = 0; i < kept.length; i++) {
        kept[i] = distances[i] <= limit;
      }
    }
  }

  private double[][] profiles() {
    double[][] profiles = new double[counts.principals()][counts.bins()];
    for (int i = 0; i < profiles.length; i++) {
      for (int k = 0; k < profiles[i].length; k++) {
        profiles[i][k] = (counts.of(i)[k] + 1.0 / profiles[i].length) / (counts.events(i) + 1.0);
      }
    }
    return profiles;
  }

  private static double[] distances(double[][] profiles, double[] from) {
    double[] distances = new double[profiles.length];
    double[] differences = new double[from.length];
    for (int i = 0; i < distances.length; i++) {
      for (int k = 0; k < from.length; k++) {
        differences[k] = Math.abs(profiles[i][k] - from[k]);
      }
      distances[i] = sum(differences);
    }
    return distances;
  }

  /**
   * Adds in the order in which NumPy does, up to 128 values. Profiles of few events have many
   * distances that differ by rounding only; the order makes them fall as in the reference.
   */
  private static double sum(double[] values) {
    double sum = 0;
    int summed = 0;
    if (values.length >= LANES) {
      double[] lanes = Arrays.copyOf(values, LANES);
      for (summed = LANES; summed + LANES <= values.length; summed += LANES) {
        for (int i = 0; i < LANES; i++) {
          lanes[i] += values[summed + i];
        }
      }
      sum =
          ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
              + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
    }
    for (; summed < values.length; summed++) {
      sum += values[summed];
    }
    return sum;
  }

  private static int smallest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }

  private static int atFarQuantile(double[] distances) {
    return IntStream.range(0, distances.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .skip((long) (FAR * (distances.length - 1)))
        .findFirst()
        .orElseThrow();
  }

  private void maximise() {
    double total = 0;
    for (int j = 0; j < weights.length; j++) {
      alphas[j] = KindFit.alpha(counts, kept, responsibilities[j]);
      weights[j] = LEAST_RESPONSIBILITY;
      for (int i = 0; i < kept.length; i++) {
        weights[j] += kept[i] ? responsibilities[j][i] : 0;
      }
      total += weights[j];
    }
    for (int j = 0; j < weights.length; j++) {
      weights[j] /= total;
    }
  }

  /** Updates the responsibilities and says whom the kinds explain. */
  private boolean[] expect() {
    double[] explained = LogSums.mixture(counts, weights, alphas, responsibilities);
    double[] centre = centre(weights, alphas);
    double third = 1 / 3.0;
    double[] flat = new double[centre.length];
    Arrays.fill(flat, 0.5);
    double[] wider = Arrays.stream(centre).map(value -> 4 * value).toArray();
    double[][] wideUrns = {wider, centre, flat};
    double[] wide =
        LogSums.mixture(
            counts, new double[] {third, third, third}, wideUrns, new double[3][kept.length]);
    boolean[] again = new boolean[kept.length];
    for (int i = 0; i < again.length; i++) {
      again[i] = wide[i] - explained[i] < REJECTING_LOG_BAYES_FACTOR;
    }
    return again;
  }

  /** The mean of the kinds' bin probabilities. */
  static double[] centre(double[] weights, double[][] alphas) {
    double[] centre = new double[alphas[0].length];
    for (int j = 0; j < alphas.length; j++) {
      double strength = Arrays.stream(alphas[j]).sum();
      for (int k = 0; k < centre.length; k++) {
        centre[k] += weights[j] * (alphas[j][k] / strength);
      }
    }
    return centre;
  }
}
