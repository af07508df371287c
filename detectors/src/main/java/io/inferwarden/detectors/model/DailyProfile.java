package io.inferwarden.detectors.model;

import java.util.Arrays;

/**
 * The usual bin probabilities of an hour of the day, and how many events they rest on.
 *
 * <p>With the counts {@code H[h]} of every hour, the prior shared out by each hour's volume, and
 * the weights {@code w = exp(-d^2 / 2 b^2)} of hours at the circular distance {@code d}:
 *
 * <pre>
 * near = sum_h' w H[h'],   e = |near|^2 / sum_h' w^2 |H[h']|      (effective size of a weighted sample)
 * m_h  = (e near / |near| + 30 p) / (e + 30),   rests on e + 30</pre>
 *
 * <p>with {@code p} the probabilities of the whole day. Without a bandwidth, {@code m = p} rests on
 * all events.
 */
final class DailyProfile {
  static final int HOURS = 24;

  /** No profile: every hour is like the whole day. */
  static final double WHOLE_DAY = 0;

  /** Events with which an hour is shrunk to the whole day. */
  private static final double SHRINKAGE_EVENTS = 30;

  private DailyProfile() {}

  /**
   * Writes the centre of an hour into {@code into} and returns the events it rests on.
   *
   * @param hour hour of the day, 0 to 23; without meaning when there is one row
   * @param byHour counts by hour (24 rows), or of the whole day (1 row); their sum is above 0
   * @param prior prior counts of the bins; single entries may be negative
   * @param bandwidth in hours, or {@link #WHOLE_DAY}
   */
  static double centre(
      int hour, double[][] byHour, double[] prior, double bandwidth, double[] into) {
    double total = 0;
    double priorSum = Vectors.sum(prior);
    Arrays.fill(into, 0);
    for (double[] row : byHour) {
      total += Vectors.sum(row);
      Vectors.addTo(into, row);
    }
    for (int k = 0; k < into.length; k++) {
      into[k] = (into[k] + prior[k]) / (total + priorSum);
    }
    return bandwidth == WHOLE_DAY
        ? total + priorSum
        : smooth(hour, byHour, prior, bandwidth, total, into);
  }

  /** Turns the centre of the whole day into that of an hour. */
  private static double smooth(
      int hour,
      double[][] byHour,
      double[] prior,
      double bandwidth,
      double total,
      double[] centre) {
    double priorSum = Vectors.sum(prior);
    double[] near = new double[centre.length];
    double squares = 0;
    for (int h = 0; h < HOURS; h++) {
      double weight = weight(hour, h, bandwidth);
      double volume = Vectors.sum(byHour[h]);
      squares += weight * weight * (volume + priorSum * volume / total);
      for (int k = 0; k < near.length; k++) {
        near[k] += weight * (byHour[h][k] + prior[k] * volume / total);
      }
    }
    for (int k = 0; k < near.length; k++) {
      near[k] = Math.max(0, near[k]); // hours without an OTHER have none to move to NEW
    }
    double nearSum = Vectors.sum(near);
    double events = nearSum * nearSum / squares;
    for (int k = 0; k < near.length; k++) {
      centre[k] =
          (near[k] / nearSum * events + SHRINKAGE_EVENTS * centre[k]) / (events + SHRINKAGE_EVENTS);
    }
    return events + SHRINKAGE_EVENTS;
  }

  private static double weight(int hour, int other, double bandwidth) {
    int gap = Math.abs(hour - other);
    double distance = Math.min(gap, HOURS - gap) / bandwidth;
    return Math.exp(-.5 * distance * distance);
  }
}
