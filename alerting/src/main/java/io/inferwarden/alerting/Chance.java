package io.inferwarden.alerting;

/**
 * How sure a finding is, in the on-call engineer's unit: in how long a time chance alone would
 * raise it once.
 *
 * <p>A stream that runs {@code M = (M + s) L} with spend {@code s} a step raises by chance alone at
 * most {@code T s} alarms in {@code T} steps; one that waited for the level {@code M} would raise
 * at most {@code T s / M}. So {@code M / s} steps is the time in which chance alone does this at
 * most once (Shin, Ramdas, Rinaldo, arXiv:2203.03532; the budget's proof is in the detector pages).
 */
public final class Chance {
  /** Nobody can say: the finding rests on no test, or comes from an older release. */
  public static final long UNKNOWN = 0;

  private Chance() {}

  /**
   * The event time in which chance alone would do this once.
   *
   * @param level the evidence level {@code M}, at least 0; may be infinite
   * @param spend what the stream spends of the budget in each step, above 0
   * @param stepMillis how long one step lasts, milliseconds, at least 1
   * @return milliseconds, at least 1; {@link Long#MAX_VALUE} stands for that and everything longer
   */
  public static long onceInMillis(double level, double spend, long stepMillis) {
    double known = Checks.level(level);
    Checks.atLeast("stepMillis", stepMillis, 1);
    if (!(spend > 0)) {
      throw new IllegalArgumentException("spend must be > 0, was " + spend);
    }
    return Math.max(1, Math.round(known / spend * stepMillis));
  }

  /** One clause without a full stop: {@code chance alone would do this once in 3.2 years}. */
  public static String words(long onceInMillis) {
    Checks.atLeast("onceInMillis", onceInMillis, UNKNOWN);
    return onceInMillis == UNKNOWN
        ? "how often chance alone would do this is not known"
        : "chance alone would do this once in " + SpanWords.of(onceInMillis);
  }
}
