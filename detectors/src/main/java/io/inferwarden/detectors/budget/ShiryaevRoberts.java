package io.inferwarden.detectors.budget;

/**
 * The recursion that turns e-values into alarms at a budgeted rate.
 *
 * <p>Null hypothesis: nothing has changed, so the likelihood ratio {@code L_t} of step {@code t}
 * has a mean of at most 1 given the past. Let {@code s_t >= 0} be the spend of the step, fixed
 * before its data. Then
 *
 * <pre>M_t = (M_{t-1} + s_t) * L_t ;   alarm when M_t >= 1, then M_t = 0</pre>
 *
 * <p>raises, up to any stopping time {@code T}, at most {@code E[s_1 + ... + s_T]} false alarms in
 * expectation. Proof sketch: let {@code Y_t} be {@code M_t} plus the values at which the alarms so
 * far were raised. A step moves {@code Y} from {@code y} to at most {@code y + s_t} in mean,
 * because {@code E[(M + s) L | past] <= M + s} and a restart moves its value from {@code M} into
 * the sum. So {@code E[Y_T] <= E[sum of s]}, and {@code Y_T} is at least the number of alarms, as
 * each was raised at a value of 1 or more. Nothing is assumed about dependence, so weighted sums of
 * such recursions keep the sum of their spends.
 *
 * <p>{@code M / s} reads as "chance alone would do this at most once in that many steps". The log
 * ratio is capped at 50 and {@code M} at 1e30, which only lowers {@code M}. Larger means more
 * evidence of a change. Cost: one exponential. Stateless and thread-safe; the caller keeps {@code
 * M} in a double.
 *
 * <p>With a constant {@code s} this is the e-SR detector of Shin, Ramdas and Rinaldo, New England
 * Journal of Statistics in Data Science 2(2), 2024, arXiv:2203.03532.
 */
public final class ShiryaevRoberts {
  /** Evidence from which a stream alarms. */
  public static final double ALARM = 1;

  /** Evidence after a restart. */
  public static final double RESTART = 0;

  private static final double LARGEST_LOG_RATIO = 50;
  private static final double LARGEST_EVIDENCE = 1e30;

  private ShiryaevRoberts() {}

  /**
   * One step of the recursion.
   *
   * @param evidence {@code M} before the step, at least 0
   * @param spend {@code s}, the expected false alarms granted to this step, at least 0
   * @param logLikelihoodRatio {@code ln L}; NaN is refused
   * @return {@code M} after the step
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static double step(double evidence, double spend, double logLikelihoodRatio) {
    if (!(evidence >= 0)) {
      throw new IllegalArgumentException("evidence must be >= 0, was " + evidence);
    }
    if (!(spend >= 0 && spend < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("spend must be >= 0 and finite, was " + spend);
    }
    if (Double.isNaN(logLikelihoodRatio)) {
      throw new IllegalArgumentException("logLikelihoodRatio must be a number, was NaN");
    }
    double ratio = Math.exp(Math.min(logLikelihoodRatio, LARGEST_LOG_RATIO));
    return Math.min((evidence + spend) * ratio, LARGEST_EVIDENCE);
  }

  /** Whether this much evidence raises an alarm. */
  public static boolean isAlarm(double evidence) {
    return evidence >= ALARM;
  }
}
