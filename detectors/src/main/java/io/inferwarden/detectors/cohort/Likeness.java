package io.inferwarden.detectors.cohort;

import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * How much better the pooled bins of a campaign predict the recent bins of an account than starting
 * afresh does. Bins of all signals lie side by side in one array.
 */
final class Likeness {
  /** Weight of the honest centre in the pooled bins, in events. */
  private static final double HONEST_EVENTS = 4;

  private static final double NARROW_SHARE = 1.0 / 16;
  private static final double FLAT_WEIGHT = .3;

  private final double[] honest;
  private final double[] kappa;
  private final int[] ends;

  /**
   * @param p usual bin probabilities of each signal, each &gt; 0, of sum 1
   * @param kappa concentration of each signal, 0.7 of the fitted one, &gt; 0
   */
  Likeness(double[][] p, double[] kappa) {
    if (p.length == 0 || p.length != kappa.length) {
      throw new IllegalArgumentException(
          "p and kappa must have one entry a signal, had " + p.length + " and " + kappa.length);
    }
    this.kappa = kappa.clone();
    this.ends = new int[p.length];
    int bins = 0;
    for (int s = 0; s < p.length; s++) {
      if (!(kappa[s] > 0)) {
        throw new IllegalArgumentException("kappa must be > 0, was " + kappa[s]);
      }
      bins += p[s].length;
      ends[s] = bins;
    }
    this.honest = new double[bins];
    for (int s = 0; s < p.length; s++) {
      System.arraycopy(p[s], 0, honest, start(s), p[s].length);
    }
    for (double share : honest) {
      if (!(share > 0)) {
        throw new IllegalArgumentException("p must be > 0, was " + share);
      }
    }
  }

  private int start(int signal) {
    return signal == 0 ? 0 : ends[signal - 1];
  }

  int bins() {
    return honest.length;
  }

  /** The counts of all signals side by side; a signal without counts may be shorter. */
  float[] flatten(double[][] counts) {
    if (counts.length != kappa.length) {
      throw new IllegalArgumentException(
          "counts must be of " + kappa.length + " signals, were of " + counts.length);
    }
    float[] flat = new float[honest.length];
    for (int s = 0; s < counts.length; s++) {
      int width = ends[s] - start(s);
      if (counts[s].length > width) {
        throw new IllegalArgumentException(
            "signal " + s + " must have " + width + " bins, had " + counts[s].length);
      }
      for (int i = 0; i < counts[s].length; i++) {
        if (!(counts[s][i] >= 0)) {
          throw new IllegalArgumentException("counts must be >= 0, was " + counts[s][i]);
        }
        flat[start(s) + i] = (float) counts[s][i];
      }
    }
    return flat;
  }

  /** Log probability of the counts when the account starts afresh: narrow urns or flat ones. */
  double alone(float[] counts) {
    double narrow = 0;
    double flat = 0;
    for (int s = 0; s < kappa.length; s++) {
      double total = total(counts, s);
      double weight = kappa[s] * NARROW_SHARE;
      narrow += logBeta(weight * sum(honest, s), total);
      flat += logBeta(FLAT_WEIGHT * (ends[s] - start(s)), total);
      for (int i = start(s); i < ends[s]; i++) {
        if (counts[i] > 0) {
          narrow += logRising(weight * honest[i], counts[i]);
          flat += logRising(FLAT_WEIGHT, counts[i]);
        }
      }
    }
    double most = Math.max(narrow, flat);
    return most + Math.log((Math.exp(narrow - most) + Math.exp(flat - most)) / 2);
  }

  /**
   * Log probability of the counts given the pooled counts of others.
   *
   * @param pooled sum of the counts of all members
   * @param own part of {@code pooled} that is the account's own and does not count; null if none
   */
  double given(double[] pooled, float @Nullable [] own, float[] counts) {
    double sum = 0;
    for (int s = 0; s < kappa.length; s++) {
      double others = HONEST_EVENTS;
      for (int i = start(s); i < ends[s]; i++) {
        others += rest(pooled, own, i);
      }
      double scale = kappa[s] / others;
      double weight = 0;
      for (int i = start(s); i < ends[s]; i++) {
        double prior = scale * (rest(pooled, own, i) + HONEST_EVENTS * honest[i]);
        weight += prior;
        if (counts[i] > 0) {
          sum += logRising(prior, counts[i]);
        }
      }
      sum += logBeta(weight, total(counts, s));
    }
    return sum;
  }

  private static double rest(double[] pooled, float @Nullable [] own, int bin) {
    return own == null ? pooled[bin] : Math.max(0, pooled[bin] - own[bin]);
  }

  private double total(float[] counts, int signal) {
    double sum = 0;
    for (int i = start(signal); i < ends[signal]; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private double sum(double[] values, int signal) {
    double sum = 0;
    for (int i = start(signal); i < ends[signal]; i++) {
      sum += values[i];
    }
    return sum;
  }

  private static double logRising(double weight, double count) {
    return Gamma.logGamma(weight + count) - Gamma.logGamma(weight);
  }

  private static double logBeta(double weight, double total) {
    return Gamma.logGamma(weight) - Gamma.logGamma(weight + total);
  }
}
