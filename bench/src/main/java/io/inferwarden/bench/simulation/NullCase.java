package io.inferwarden.bench.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A kind of stream in which nothing changes.
 *
 * @param name as it is printed
 * @param values draws its panes
 * @param volume draws their sizes
 * @param learningPanes hourly panes that are learned, at least 4
 * @param isSplit whether each pane is also counted in three parts, a tenth of its events late, and
 *     merged in another order, which must not change the verdict
 * @param bar what the reference did where its promise is known not to hold; null where it must hold
 */
record NullCase(
    String name,
    PaneSource.Factory values,
    Volume volume,
    int learningPanes,
    boolean isSplit,
    @Nullable Bar bar) {

  /**
   * False alarms of {@code reference/null_check.py 30 30}: 30 streams of 30 days.
   *
   * @param monthly at a budget of 30 over all streams
   * @param hundredth at a budget of 0.3 over all streams
   */
  record Bar(double monthly, double hundredth) {
    private static final double STREAM_DAYS = 900;

    /** Half of the reference's alarms over so many stream days: the most that is accepted. */
    double most(double reference, double streamDays) {
      return reference / 2 * streamDays / STREAM_DAYS;
    }
  }

  NullCase {
    if (learningPanes < 4) {
      throw new IllegalArgumentException("learningPanes must be >= 4, was " + learningPanes);
    }
  }

  static NullCase of(String name, PaneSource.Factory values, Volume volume, int learningPanes) {
    return new NullCase(name, values, volume, learningPanes, false, null);
  }

  NullCase withBar(double monthly, double hundredth) {
    return new NullCase(name, values, volume, learningPanes, isSplit, new Bar(monthly, hundredth));
  }

  NullCase split() {
    return new NullCase(name, values, volume, learningPanes, true, bar);
  }
}
