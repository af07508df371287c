package io.inferwarden.detectors.principal;

/**
 * Recent counts of the time between a principal's queries, on a scale of fours. They are no
 * evidence against anybody: they only tell campaigns apart.
 */
final class GapCounts {
  /** Below 16 ms, to 64 ms, ... to 4^12 ms (4 h 40 min), and above. */
  static final int BINS = 12;

  private static final int SHIFT = 6;
  private static final int LARGEST = 0xfff;

  private GapCounts() {}

  /**
   * @param gapMillis milliseconds since the last query; below 0 (late events) counts as 0
   */
  static int binOf(long gapMillis) {
    return gapMillis < 16
        ? 0
        : Math.min(BINS - 1, (Long.SIZE - 1 - Long.numberOfLeadingZeros(gapMillis)) / 2 - 1);
  }

  /** In 1/{@link PrincipalState#SLOW_UNITS} of an event. */
  static int count(byte[] state, int bin) {
    int at = StateBytes.GAPS + bin / 2 * 3;
    return bin % 2 == 0
        ? StateBytes.u8(state, at) | ((state[at + 1] & 0xf) << 8)
        : ((state[at + 1] & 0xf0) >> 4) | (StateBytes.u8(state, at + 2) << 4);
  }

  private static void count(byte[] state, int bin, int value) {
    int at = StateBytes.GAPS + bin / 2 * 3;
    if (bin % 2 == 0) {
      state[at] = (byte) value;
      state[at + 1] = (byte) ((state[at + 1] & 0xf0) | (value >> 8));
    } else {
      state[at + 1] = (byte) ((state[at + 1] & 0xf) | (value << 4));
      state[at + 2] = (byte) (value >> 4);
    }
  }

  /** Counts a gap; older ones fade by 1/64. */
  static void add(byte[] state, int counted, long random) {
    long bits = random;
    for (int bin = 0; bin < BINS; bin++) {
      bits = bits * 0x5851f42d4c957f2dL + 0x14057b7ef767814fL;
      int value = count(state, bin);
      if (value > 0 || bin == counted) {
        value -= (value + (int) (bits >>> (Long.SIZE - SHIFT))) >> SHIFT;
        value += bin == counted ? PrincipalState.SLOW_UNITS : 0;
        count(state, bin, Math.min(LARGEST, value));
      }
    }
  }
}
