package io.inferwarden.bench.simulation.rival;

/**
 * Page's cumulative sum test of a change of the mean, up or down, against the running mean
 * (Page–Hinkley). After n values alarms where {@code m_n - min m > lambda}, {@code m_n = sum (x_i -
 * mean_i - delta)}, and the same for {@code -x}. Delta 0.005 and lambda 50 are in the units of the
 * value; no alarm within the first 30 values; restarts after an alarm.
 *
 * <p>Page, "Continuous inspection schemes", Biometrika 41, 1954, doi:10.1093/biomet/41.1-2.100. Not
 * thread-safe.
 */
final class PageHinkley {
  private static final double DELTA = .005;
  private static final double LAMBDA = 50;
  private static final int LEAST_VALUES = 30;

  private long count;
  private double mean;
  private double up;
  private double leastUp;
  private double down;
  private double leastDown;

  /** Adds a value; true when it alarms at it. */
  boolean add(double value) {
    count++;
    mean += (value - mean) / count;
    up += value - mean - DELTA;
    down += mean - value - DELTA;
    leastUp = Math.min(leastUp, up);
    leastDown = Math.min(leastDown, down);
    boolean alarms = count >= LEAST_VALUES && (up - leastUp > LAMBDA || down - leastDown > LAMBDA);
    if (alarms) {
      restart();
    }
    return alarms;
  }

  private void restart() {
    count = 0;
    mean = 0;
    up = 0;
    leastUp = 0;
    down = 0;
    leastDown = 0;
  }
}
