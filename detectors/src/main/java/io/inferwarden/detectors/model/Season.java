package io.inferwarden.detectors.model;

/**
 * How the usual bin probabilities come round: not at all, by hour of the day, or by hour of the
 * week. Hours are UTC; the week begins on Monday.
 *
 * @param cells 1 for no season, 24 for hours of the day, 168 for hours of the week
 * @param bandwidthHours width of the kernel that smooths neighbouring hours; 0 for no season
 */
record Season(int cells, double bandwidthHours) {
  static final int DAY_CELLS = 24;
  static final int WEEK_CELLS = 168;

  /** Every hour is like the whole. */
  static final Season NONE = new Season(1, 0);

  private static final long HOUR_MILLIS = 3_600_000;

  /** The epoch began on a Thursday. */
  private static final int EPOCH_HOUR_OF_WEEK = 3 * DAY_CELLS;

  Season {
    if (cells != 1 && cells != DAY_CELLS && cells != WEEK_CELLS) {
      throw new IllegalArgumentException("cells must be 1, 24 or 168, was " + cells);
    }
    if (!(bandwidthHours >= 0) || (cells == 1) != (bandwidthHours == 0)) {
      throw new IllegalArgumentException(
          "bandwidthHours must be > 0 with a season and 0 without, was " + bandwidthHours);
    }
  }

  boolean isNone() {
    return cells == 1;
  }

  /** The cell that an hour falls in. */
  int cellOf(long epochHour) {
    return cells == 1
        ? 0
        : cells == DAY_CELLS
            ? (int) Math.floorMod(epochHour, (long) DAY_CELLS)
            : (int) Math.floorMod(epochHour + EPOCH_HOUR_OF_WEEK, (long) WEEK_CELLS);
  }

  /** An hour since the epoch that falls in the cell. */
  long epochHourOf(int cell) {
    return cells == WEEK_CELLS ? cell + WEEK_CELLS - EPOCH_HOUR_OF_WEEK : cell;
  }

  static long epochHour(long timeMillis) {
    return Math.floorDiv(timeMillis, HOUR_MILLIS);
  }
}
