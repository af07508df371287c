package io.inferwarden.detectors.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The kinds of honest principals of one signal: a mixture of Dirichlet-multinomials.
 *
 * <p>Tried are one to three kinds, each with a trimmed fit. A kind smaller than a fifth of the
 * principals is not taken as honest, for it may be a ring: that at least four fifths of the
 * principals are honest is the one assumption. The number of kinds is chosen by the Bayesian
 * information criterion, each principal left out paying {@code ln 20}; if it is more than one, the
 * single-kind fit stays in the mixture with weight 0.3.
 */
final class HonestKinds {
  static final int MOST_KINDS = 3;

  private static final double HONEST_SHARE = 0.8;
  private static final double SINGLE_KIND_WEIGHT = 0.3;
  private static final double PRICE_OF_REJECTION = Math.log(20);
  private static final int SMALLEST_RING = 3;

  private final double[] weights;
  private final double[][] alphas;
  private final boolean[] kept;
  private final List<int[]> smallKinds;

  private HonestKinds(double[] weights, double[][] alphas, boolean[] kept, List<int[]> smallKinds) {
    this.weights = weights;
    this.alphas = alphas;
    this.kept = kept;
    this.smallKinds = smallKinds;
  }

  static HonestKinds of(int[][] rows) {
    PrincipalCounts counts = new PrincipalCounts(rows);
    List<KindMixture> mixtures = new ArrayList<>();
    List<HonestKinds> trials = new ArrayList<>();
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int kinds = 1; kinds <= MOST_KINDS; kinds++) {
      KindMixture mixture = KindMixture.of(counts, kinds);
      HonestKinds trial = withoutSmallKinds(counts, mixture);
      double score = score(counts, trial.weights, trial.alphas, trial.kept);
      if (score > bestScore) {
        bestScore = score;
        best = kinds - 1;
      }
      mixtures.add(mixture);
      trials.add(trial);
    }
    List<int[]> rings = List.of();
    for (int i = 0; i < trials.size() && rings.isEmpty(); i++) {
      KindMixture whole = mixtures.get(i);
      boolean isReal = score(counts, whole.weights(), whole.alphas(), whole.kept()) > bestScore;
      rings = isReal ? trials.get(i).smallKinds : rings;
    }
    HonestKinds single = trials.get(0);
    return best == 0
        ? new HonestKinds(single.weights, single.alphas, single.kept, rings)
        : averaged(single, trials.get(best), rings);
  }

  private static HonestKinds withoutSmallKinds(PrincipalCounts counts, KindMixture mixture) {
    double[] all = mixture.weights();
    double keptShare = count(mixture.kept()) / (double) counts.principals();
    int largest = 0;
    for (int j = 1; j < all.length; j++) {
      largest = all[j] > all[largest] ? j : largest;
    }
    List<Integer> big = new ArrayList<>();
    List<int[]> small = new ArrayList<>();
    for (int j = 0; j < all.length; j++) {
      if (j == largest || all[j] * keptShare >= 1 - HONEST_SHARE) {
        big.add(j);
      } else {
        small.add(members(mixture, j));
      }
    }
    small.removeIf(members -> members.length < SMALLEST_RING);
    double total = big.stream().mapToDouble(j -> all[j]).sum();
    double[] weights = big.stream().mapToDouble(j -> all[j] / total).toArray();
    double[][] alphas = big.stream().map(j -> mixture.alphas()[j]).toArray(double[][]::new);
    return new HonestKinds(weights, alphas, mixture.kept(), small);
  }

  private static int[] members(KindMixture mixture, int kind) {
    boolean[] kept = mixture.kept();
    return IntStream.range(0, kept.length)
        .filter(i -> kept[i] && mixture.kindOf(i) == kind)
        .toArray();
  }

  /** The Bayesian information criterion, halved and negated: the larger the better. */
  private static double score(
      PrincipalCounts counts, double[] weights, double[][] alphas, boolean[] kept) {
    double[] flat = new double[counts.bins()];
    Arrays.fill(flat, 0.5);
    double[] unexplained = counts.logMarginals(flat);
    double[] explained =
        LogSums.mixture(counts, weights, alphas, new double[weights.length][kept.length]);
    double fit = 0;
    for (int i = 0; i < kept.length; i++) {
      fit += kept[i] ? explained[i] : unexplained[i] - PRICE_OF_REJECTION;
    }
    int parameters = weights.length * (counts.bins() + 1) - 1;
    return fit - 0.5 * Math.log(counts.principals()) * parameters;
  }

  private static HonestKinds averaged(HonestKinds single, HonestKinds best, List<int[]> rings) {
    double[] weights = new double[1 + best.weights.length];
    double[][] alphas = new double[weights.length][];
    weights[0] = SINGLE_KIND_WEIGHT;
    alphas[0] = single.alphas[0];
    for (int j = 0; j < best.weights.length; j++) {
      weights[1 + j] = (1 - SINGLE_KIND_WEIGHT) * best.weights[j];
      alphas[1 + j] = best.alphas[j];
    }
    return new HonestKinds(weights, alphas, best.kept, rings);
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

  int keptCount() {
    return count(kept);
  }

  /**
   * Positions of the principals of each kind that is too small to be taken as honest, but describes
   * them better than the kinds that are.
   */
  List<int[]> smallKinds() {
    return smallKinds;
  }

  private static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
