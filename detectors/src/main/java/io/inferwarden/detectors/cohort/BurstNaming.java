package io.inferwarden.detectors.cohort;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Who belongs to a burst: naive Bayes with two classes, members and the rest, over which of the
 * burst's keys an account has adopted and whether it began with the burst.
 *
 * <p>{@code P(x = 1 | class)} of each key is {@code (sum of weights of the adopters + 1/2) / (sum
 * of weights + 1)}, the class odds {@code (members + 1) / (rest + 1)}, fitted by {@value #ROUNDS}
 * rounds of expectation-maximisation, from accounts that have adopted {@value #KEYS_AT_START} keys
 * (all, if there are fewer) as members. "Began with the burst" is the span from the 5 % to the 95 %
 * quantile of the members' ticks. Keys with nearly the same adopters (Jaccard 0.97) share one vote,
 * since a line and its tail say one thing. The posterior is a model's, not a guarantee.
 */
final class BurstNaming {
  /** Keys of one burst that vote. */
  static final int MAXIMUM_KEYS = 62;

  private static final int ROUNDS = 20;
  private static final int KEYS_AT_START = 3;
  private static final double TWINS = .97;
  private static final double LARGEST_LOG_ODDS = 30;

  private final int keyCount;
  private final long[] adopted;
  private final int[] ticks;
  private final int lastTick;
  private final double[] posteriors;
  private final double[] ofMembers;
  private final int[][] together;

  private BurstNaming(List<Integer> keys, Collection<AccountWording> accounts) {
    this.keyCount = keys.size();
    this.adopted = new long[accounts.size()];
    this.ticks = new int[accounts.size()];
    this.posteriors = new double[accounts.size()];
    this.ofMembers = new double[keyCount + 1];
    this.together = new int[keyCount + 1][keyCount + 1];
    int last = 0;
    int i = 0;
    for (AccountWording account : accounts) {
      for (int k = 0; k < keyCount; k++) {
        if (account.promptsWith(keys.get(k)) != 0) {
          adopted[i] |= 1L << k;
        }
      }
      ticks[i] = account.tick();
      last = Math.max(last, ticks[i]);
      posteriors[i] = Long.bitCount(adopted[i]) >= Math.min(KEYS_AT_START, keyCount) ? 1 : 0;
      i++;
    }
    this.lastTick = last;
  }

  /**
   * How sure it is that each account belongs to the burst, in the order of the accounts.
   *
   * @param keys of the burst, at most {@value #MAXIMUM_KEYS}
   * @param accounts all that are remembered
   */
  static double[] posteriors(List<Integer> keys, Collection<AccountWording> accounts) {
    BurstNaming naming = new BurstNaming(keys, accounts);
    for (int round = 0; round < ROUNDS; round++) {
      naming.improve();
    }
    return naming.posteriors;
  }

  private void improve() {
    markThoseWhoBeganWithIt();
    double weight = countAdopters();
    double rest = adopted.length - weight;
    double none = Math.log((weight + 1) / (rest + 1));
    double[] gain = new double[keyCount + 1];
    for (int key = 0; key <= keyCount; key++) {
      double a = (ofMembers[key] + .5) / (weight + 1);
      double b = (together[key][key] - ofMembers[key] + .5) / (rest + 1);
      double votes = Math.max(1, twins(key));
      double absent = Math.log((1 - a) / (1 - b)) / votes;
      none += absent;
      gain[key] = Math.log(a / b) / votes - absent;
    }
    for (int i = 0; i < adopted.length; i++) {
      double logOdds = none;
      for (long left = adopted[i]; left != 0; left &= left - 1) {
        logOdds += gain[Long.numberOfTrailingZeros(left)];
      }
      double bounded = Math.max(-LARGEST_LOG_ODDS, Math.min(LARGEST_LOG_ODDS, logOdds));
      posteriors[i] = 1 / (1 + Math.exp(-bounded));
    }
  }

  /** Counts who adopted each key and pair of keys; the weight of all members. */
  private double countAdopters() {
    Arrays.fill(ofMembers, 0);
    for (int[] row : together) {
      Arrays.fill(row, 0);
    }
    double weight = 0;
    for (int i = 0; i < adopted.length; i++) {
      weight += posteriors[i];
      for (long left = adopted[i]; left != 0; left &= left - 1) {
        int key = Long.numberOfTrailingZeros(left);
        ofMembers[key] += posteriors[i];
        for (long others = adopted[i]; others != 0; others &= others - 1) {
          together[key][Long.numberOfTrailingZeros(others)]++;
        }
      }
    }
    return weight;
  }

  private int twins(int key) {
    int twins = 0;
    for (int other = 0; other <= keyCount; other++) {
      int both = together[key][other];
      twins += both >= TWINS * (together[key][key] + together[other][other] - both) ? 1 : 0;
    }
    return twins;
  }

  private void markThoseWhoBeganWithIt() {
    int members = 0;
    for (double posterior : posteriors) {
      members += posterior > .5 ? 1 : 0;
    }
    int[] began = new int[members];
    int next = 0;
    for (int i = 0; i < posteriors.length; i++) {
      if (posteriors[i] > .5) {
        began[next++] = ticks[i];
      }
    }
    Arrays.sort(began);
    double from = members == 0 ? 0 : quantile(began, .05);
    double to = members == 0 ? lastTick : quantile(began, .95);
    long bit = 1L << keyCount;
    for (int i = 0; i < adopted.length; i++) {
      adopted[i] = ticks[i] >= from && ticks[i] <= to ? adopted[i] | bit : adopted[i] & ~bit;
    }
  }

  /** Between the two nearest values, linearly. */
  private static double quantile(int[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
