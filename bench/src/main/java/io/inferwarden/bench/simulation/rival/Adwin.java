package io.inferwarden.bench.simulation.rival;

/**
 * Adaptive windowing, ADWIN2: keeps a window of the recent values in an exponential histogram and
 * drops its oldest part while the means of any two parts differ by more than {@code sqrt(2 v
 * ln(2/d) / m) + 2 ln(2/d) / (3 m)}, {@code v} the window's variance, {@code 1/m = 1/n0 + 1/n1},
 * {@code d = delta / ln n}. Delta is 0.002; parts have at least 5 values; checked every 32 values;
 * 5 buckets of a size.
 *
 * <p>Bifet and Gavaldà, "Learning from time-changing data with adaptive windowing", SDM 2007,
 * doi:10.1137/1.9781611972771.42. Not thread-safe.
 */
final class Adwin {
  private static final double DELTA = .002;
  private static final int BUCKETS = 5;
  private static final int CLOCK = 32;
  private static final int LEAST_PART = 5;
  private static final int LEAST_WINDOW = 10;
  private static final int ROWS = 40;

  /** Row r holds buckets of 2^r values, the oldest first. */
  private final double[][] sums = new double[ROWS][BUCKETS + 1];

  /** Sums of squared deviations from each bucket's own mean. */
  private final double[][] squares = new double[ROWS][BUCKETS + 1];

  private final int[] used = new int[ROWS];
  private long added;
  private long count;
  private double sum;
  private double squareSum;

  /** Adds a value; true when the window shrinks at it. */
  boolean add(double value) {
    if (count > 0) {
      double off = value - sum / count;
      squareSum += off * off * count / (count + 1);
    }
    count++;
    sum += value;
    append(0, value, 0);
    added++;
    return added % CLOCK == 0 && count > LEAST_WINDOW && shrink();
  }

  /** Number of values in the window. */
  long windowLength() {
    return count;
  }

  private void append(int row, double bucketSum, double bucketSquares) {
    sums[row][used[row]] = bucketSum;
    squares[row][used[row]] = bucketSquares;
    used[row]++;
    if (used[row] > BUCKETS) {
      double size = size(row);
      double off = (sums[row][0] - sums[row][1]) / size;
      double mergedSum = sums[row][0] + sums[row][1];
      double mergedSquares = squares[row][0] + squares[row][1] + off * off * size / 2;
      removeOldest(row, 2);
      append(row + 1, mergedSum, mergedSquares);
    }
  }

  private void removeOldest(int row, int buckets) {
    int kept = used[row] - buckets;
    System.arraycopy(sums[row], buckets, sums[row], 0, kept);
    System.arraycopy(squares[row], buckets, squares[row], 0, kept);
    used[row] = kept;
  }

  private static double size(int row) {
    return (double) (1L << row);
  }

  private boolean shrink() {
    boolean shrank = false;
    while (count > LEAST_WINDOW && hasCut()) {
      dropOldest();
      shrank = true;
    }
    return shrank;
  }

  private boolean hasCut() {
    double older = 0;
    double olderSum = 0;
    for (int row = ROWS - 1; row >= 0; row--) {
      for (int i = 0; i < used[row]; i++) {
        older += size(row);
        olderSum += sums[row][i];
        double newer = (double) count - older;
        if (newer < LEAST_PART) {
          return false;
        }
        if (older >= LEAST_PART
            && Math.abs(olderSum / older - (sum - olderSum) / newer) > bound(older, newer)) {
          return true;
        }
      }
    }
    return false;
  }

  private double bound(double older, double newer) {
    double logTerm = Math.log(2 * Math.log((double) count) / DELTA);
    double inverse = 1 / older + 1 / newer;
    return Math.sqrt(2 * inverse * (squareSum / (double) count) * logTerm)
        + 2.0 / 3 * inverse * logTerm;
  }

  private void dropOldest() {
    int row = ROWS - 1;
    while (used[row] == 0) {
      row--;
    }
    double size = size(row);
    double rest = (double) count - size;
    double off = sums[row][0] / size - (sum - sums[row][0]) / rest;
    squareSum = Math.max(0, squareSum - squares[row][0] - off * off * size * rest / count);
    count -= 1L << row;
    sum -= sums[row][0];
    removeOldest(row, 1);
  }
}
