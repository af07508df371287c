package io.inferwarden.detectors.principal;

/**
 * How a principal works, kept in 72 bytes of its state: words for a finding, never evidence.
 *
 * <p>An input is <i>near</i> when its distance to the nearest of the last 32 is at most what 1 % of
 * honest ones have. Two inputs are <i>close</i> when 2 % of honest ones are as close. An input
 * close to at least half of the last 32 is <i>local</i>: the principal works around one point. One
 * close to at least two, but fewer, is <i>grouped</i>: it works around several points.
 *
 * <p>A <i>chain</i> grows through the last 15 inputs: its length is one more than that of the
 * longest chain whose end the input is close to, so that a search that returns to an earlier point
 * goes on. Inside a chain the label may <i>flip</i> against the closest input, or else the best
 * score <i>climb</i> above or <i>fall</i> below the mean of the close ones with that label. Counts
 * fade by 1/32 an input.
 */
final class BehaviourMarks {
  /** Counts are kept in this part of an event. */
  static final int UNITS = 512;

  /** Local variations, at most 3 each, are kept in this part of 1. */
  static final int VARIATION_UNITS = 256;

  /** Most events that recent counts can hold. */
  static final int HORIZON = 32;

  private static final int NEAR = StateBytes.MARKS;
  private static final int LOCAL = StateBytes.MARKS + 2;
  private static final int GROUPED = StateBytes.MARKS + 4;
  private static final int FLIPS = StateBytes.MARKS + 6;
  private static final int CLIMBS = StateBytes.MARKS + 8;
  private static final int FALLS = StateBytes.MARKS + 10;
  private static final int OUTSIDE = StateBytes.MARKS + 12;
  private static final int REPEATS = StateBytes.MARKS + 14;
  private static final int VARIATION = StateBytes.MARKS + 16;
  private static final int LAST_GAP = StateBytes.MARKS + 18;
  private static final int LONGEST = StateBytes.MARKS + 20;
  private static final int HOURS = StateBytes.MARKS + 21;

  private static final int SHIFT = 5;
  private static final int FEWEST_GROUPED = 2;
  private static final int FEWEST_CHANGES = 10;
  static final int LARGEST_CHAIN = 255;
  private static final int SCORE_LEVELS = 4095;
  private static final int LABEL_BITS = 4;
  private static final long HOUR_MILLIS = 3_600_000;

  private BehaviourMarks() {}

  /**
   * Takes an event in, before the state counts it.
   *
   * @param event its measures
   * @param bounds what honest events hardly ever pass
   */
  static void note(
      PrincipalState state, EventMeasures event, MarkBounds bounds, long timeMillis, long random) {
    byte[] bytes = state.bytes();
    noteTime(state, bytes, timeMillis, random);
    fade(bytes, REPEATS, event.repeat ? UNITS : 0);
    if (event.slot >= 0) {
      fade(bytes, OUTSIDE, event.outside >= bounds.outside() ? UNITS : 0);
      fade(bytes, NEAR, event.near <= bounds.near() ? UNITS : 0);
      float squaredRadius = bounds.radius() * bounds.radius();
      notePlace(bytes, event, squaredRadius);
      noteChain(bytes, event, squaredRadius);
    }
  }

  private static void notePlace(byte[] bytes, EventMeasures event, float squaredRadius) {
    int close = 0;
    for (int slot = 0; slot < event.kept; slot++) {
      close += event.squares[slot] <= squaredRadius ? 1 : 0;
    }
    boolean isKnown = !Float.isNaN(event.near);
    boolean isLocal = isKnown && 2 * close >= event.kept;
    boolean isGrouped = isKnown && !isLocal && close >= FEWEST_GROUPED;
    fade(bytes, LOCAL, isLocal ? UNITS : 0);
    fade(bytes, GROUPED, isGrouped ? UNITS : 0);
  }

  private static void noteTime(PrincipalState state, byte[] bytes, long timeMillis, long random) {
    int hour = (int) Math.floorMod(Math.floorDiv(timeMillis, HOUR_MILLIS), 24L);
    bytes[HOURS + hour / Byte.SIZE] |= (byte) (1 << hour % Byte.SIZE);
    if (state.events() == 0) {
      return;
    }
    double gap = Math.max(0, timeMillis - state.lastMillis());
    double last = StateBytes.float16(bytes, LAST_GAP);
    if (state.events() > 1) {
      double change = gap + last == 0 ? 0 : (gap - last) / (gap + last);
      fade(bytes, VARIATION, (int) Math.round(3 * VARIATION_UNITS * change * change));
    }
    StateBytes.float16(bytes, LAST_GAP, gap, random);
  }

  private static void noteChain(byte[] bytes, EventMeasures event, float squaredRadius) {
    int reach = Math.min(event.kept, StateBytes.CHAIN_SLOTS - 1);
    int label = event.label < 0 ? (1 << LABEL_BITS) - 1 : event.label;
    int score =
        Float.isNaN(event.best)
            ? 0
            : Math.round(SCORE_LEVELS * Math.max(0, Math.min(1, event.best)));
    int longest = 0;
    int nearest = -1;
    int sameLabel = 0;
    int scores = 0;
    for (int age = 1; age <= reach; age++) {
      int slot = (event.slot - age + StateBytes.RING_SLOTS) % StateBytes.RING_SLOTS;
      if (event.squares[slot] <= squaredRadius) {
        longest = Math.max(longest, length(bytes, slot));
        nearest = nearest < 0 || event.squares[slot] < event.squares[nearest] ? slot : nearest;
        if (label(bytes, slot) == label) {
          sameLabel++;
          scores += score(bytes, slot);
        }
      }
    }
    boolean isFlip = nearest >= 0 && label(bytes, nearest) != label;
    boolean isCompared = nearest >= 0 && !isFlip;
    fade(bytes, FLIPS, isFlip ? UNITS : 0);
    fade(bytes, CLIMBS, isCompared && score * sameLabel > scores ? UNITS : 0);
    fade(bytes, FALLS, isCompared && score * sameLabel < scores ? UNITS : 0);
    int length = Math.min(LARGEST_CHAIN, longest + 1);
    bytes[LONGEST] = (byte) Math.max(longest(bytes), length);
    putLink(bytes, event.slot, length, label, score);
  }

  private static int link(int slot) {
    return StateBytes.CHAINS + slot % StateBytes.CHAIN_SLOTS * StateBytes.CHAIN_BYTES;
  }

  private static void putLink(byte[] bytes, int slot, int length, int label, int score) {
    bytes[link(slot)] = (byte) length;
    StateBytes.u16(bytes, link(slot) + 1, score << LABEL_BITS | label);
  }

  private static int length(byte[] bytes, int slot) {
    return StateBytes.u8(bytes, link(slot));
  }

  private static int label(byte[] bytes, int slot) {
    return StateBytes.u16(bytes, link(slot) + 1) & ((1 << LABEL_BITS) - 1);
  }

  private static int score(byte[] bytes, int slot) {
    return StateBytes.u16(bytes, link(slot) + 1) >> LABEL_BITS;
  }

  /** Rounds what is lost up, so that old counts vanish; the largest count possible fits. */
  private static void fade(byte[] bytes, int at, int added) {
    int value = StateBytes.u16(bytes, at);
    StateBytes.u16(bytes, at, value - ((value + (1 << SHIFT) - 1) >> SHIFT) + added);
  }

  /** Recent inputs nearer to an earlier one than 99 % of honest inputs are. */
  static double near(PrincipalState state) {
    return recent(state, NEAR);
  }

  /** Recent inputs of a chain whose label was another than that of the nearest one. */
  static double flips(PrincipalState state) {
    return recent(state, FLIPS);
  }

  /** Recent inputs of a chain with a better score than those near to it. */
  static double climbs(PrincipalState state) {
    return recent(state, CLIMBS);
  }

  /** Recent inputs of a chain with a worse score than those near to it. */
  static double falls(PrincipalState state) {
    return recent(state, FALLS);
  }

  /** Recent inputs close to at least half of those before. */
  static double local(PrincipalState state) {
    return recent(state, LOCAL);
  }

  /** Recent inputs close to two or more of those before, but fewer than half. */
  static double grouped(PrincipalState state) {
    return recent(state, GROUPED);
  }

  /** Recent inputs with unusual values in at least an eighth of their features. */
  static double outside(PrincipalState state) {
    return recent(state, OUTSIDE);
  }

  /** Recent exact repeats of an earlier input. */
  static double repeats(PrincipalState state) {
    return recent(state, REPEATS);
  }

  private static double recent(PrincipalState state, int at) {
    return StateBytes.u16(state.bytes(), at) / (double) UNITS;
  }

  /** Inputs of the longest chain; 255 stands for all longer ones. */
  static int longestChain(PrincipalState state) {
    return longest(state.bytes());
  }

  private static int longest(byte[] bytes) {
    return StateBytes.u8(bytes, LONGEST);
  }

  /**
   * Local variation of the recent gaps, the mean of {@code 3 ((a - b) / (a + b))²} over gaps that
   * follow each other: 1 for a Poisson process, 0 for a clock; NaN with fewer than ten of them.
   */
  static double localVariation(PrincipalState state) {
    double changes = (double) state.events() - 2;
    double weight = HORIZON * (1 - Math.pow(1 - 1.0 / HORIZON, Math.max(0, changes)));
    return changes < FEWEST_CHANGES
        ? Double.NaN
        : StateBytes.u16(state.bytes(), VARIATION) / (double) VARIATION_UNITS / weight;
  }

  /** Hours of the day, UTC, in which the principal was ever seen. */
  static int hours(PrincipalState state) {
    int hours = 0;
    for (int i = 0; i < 3; i++) {
      hours += Integer.bitCount(StateBytes.u8(state.bytes(), HOURS + i));
    }
    return hours;
  }
}
