package io.inferwarden.detectors.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The usual bin probabilities of an hour, and how many events they rest on.
 *
 * <p>With the counts {@code H[h]} of every hour of the day, the prior shared out by each hour's
 * volume, and the weights {@code w = exp(-d^2 / 2 b^2)} of hours at the circular distance {@code
 * d}:
 *
 * <pre>
 * near = sum_h' w H[h'],   e = |near|^2 / sum_h' w^2 |H[h']|      (effective size of a weighted sample)
 * m_h  = (e near / |near| + 30 p) / (e + 30),   rests on e + 30</pre>
 *
 * <p>with {@code p} the probabilities of the whole. Without a season, {@code m = p} rests on all
 * events. With hours of the week the same is done once more over 168 cells, shrunk to the hour of
 * the day instead of {@code p}: hour of day first, week where there is enough of it.
 */
final class SeasonalCentre {
  /** Events with which an hour is shrunk to what it is part of. */
  private static final double SHRINKAGE_EVENTS = 30;

  /** Beyond this many bandwidths a cell of the week weighs below 1e-7. */
  private static final double WEEK_REACH = 6;

  private SeasonalCentre() {}

  /**
   * Writes the centre of an hour into {@code into} and returns the events it rests on.
   *
   * @param epochHour hour since the epoch
   * @param counts a row for each cell of the season, of which the sum is above 0
   * @param scale what each of the counts is worth, above 0
   * @param since counts of the same shape, row after row, that are added at their full worth; null
   *     for none
   * @param prior prior counts of the bins; single entries may be negative
   */
  static double of(
      long epochHour,
      double[][] counts,
      double scale,
      double @Nullable [] since,
      double[] prior,
      Season season,
      double[] into) {
    double[][] rows = since == null && scale == 1 ? counts : added(counts, scale, since);
    double total = 0;
    double priorSum = Vectors.sum(prior);
    Arrays.fill(into, 0);
    for (double[] row : rows) {
      total += Vectors.sum(row);
      Vectors.addTo(into, row);
    }
    for (int k = 0; k < into.length; k++) {
      into[k] = (into[k] + prior[k]) / (total + priorSum);
    }
    if (season.isNone()) {
      return total + priorSum;
    }
    double bandwidth = season.bandwidthHours();
    int cell = season.cellOf(epochHour);
    if (season.cells() == Season.DAY_CELLS) {
      return smooth(cell, rows, prior, bandwidth, total, into);
    }
    smooth(cell % Season.DAY_CELLS, folded(rows), prior, bandwidth, total, into);
    return smooth(cell, rows, prior, bandwidth, total, into);
  }

  private static double[][] added(double[][] counts, double scale, double @Nullable [] since) {
    int bins = counts[0].length;
    double[][] sum = new double[counts.length][bins];
    for (int h = 0; h < counts.length; h++) {
      for (int k = 0; k < bins; k++) {
        sum[h][k] = counts[h][k] * scale + (since == null ? 0 : since[h * bins + k]);
      }
    }
    return sum;
  }

  /** Hours of the week summed to hours of the day. */
  private static double[][] folded(double[][] week) {
    double[][] day = new double[Season.DAY_CELLS][week[0].length];
    for (int h = 0; h < week.length; h++) {
      Vectors.addTo(day[h % Season.DAY_CELLS], week[h]);
    }
    return day;
  }

  /** Turns the centre of what the cell is part of into that of the cell. */
  private static double smooth(
      int cell, double[][] rows, double[] prior, double bandwidth, double total, double[] centre) {
    double priorSum = Vectors.sum(prior);
    double[] near = new double[centre.length];
    double squares = 0;
    int cells = rows.length;
    int reach = cells == Season.DAY_CELLS ? cells / 2 : (int) Math.ceil(WEEK_REACH * bandwidth);
    int last = cells == Season.DAY_CELLS ? reach - 1 : reach;
    for (int offset = -reach; offset <= last; offset++) {
      double[] row = rows[Math.floorMod(cell + offset, cells)];
      double distance = offset / bandwidth;
      double weight = Math.exp(-.5 * distance * distance);
      double volume = Vectors.sum(row);
      squares += weight * weight * (volume + priorSum * volume / total);
      for (int k = 0; k < near.length; k++) {
        near[k] += weight * (row[k] + prior[k] * volume / total);
      }
    }
    for (int k = 0; k < near.length; k++) {
      near[k] = Math.max(0, near[k]); // hours without an OTHER have none to move to NEW
    }
    double nearSum = Vectors.sum(near);
    if (!(nearSum > 0)) {
      return SHRINKAGE_EVENTS;
    }
    double events = nearSum * nearSum / squares;
    for (int k = 0; k < near.length; k++) {
      centre[k] =
          (near[k] / nearSum * events + SHRINKAGE_EVENTS * centre[k]) / (events + SHRINKAGE_EVENTS);
    }
    return events + SHRINKAGE_EVENTS;
  }
}
