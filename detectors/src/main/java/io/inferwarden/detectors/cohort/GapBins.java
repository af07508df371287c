package io.inferwarden.detectors.cohort;

/**
 * The time since the last query of the same account as one of {@value #BINS} bins, each four times
 * as long as the one before. It accuses nobody; it tells campaigns apart.
 */
public final class GapBins {
  /** Number of bins. */
  public static final int BINS = 12;

  private static final int FIRST_EDGE_MILLIS = 16;

  private GapBins() {}

  /**
   * The bin of a gap: 0 below 16 ms, 1 below 64 ms, and so on to {@code BINS - 1} from 4.7 hours.
   *
   * @param gapMillis time since the last query; below 0 counts as 0
   */
  public static int bin(long gapMillis) {
    long edge = FIRST_EDGE_MILLIS;
    int bin = 0;
    while (bin < BINS - 1 && gapMillis >= edge) {
      edge *= 4;
      bin++;
    }
    return bin;
  }
}
