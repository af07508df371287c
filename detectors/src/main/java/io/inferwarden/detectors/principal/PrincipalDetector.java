package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.budget.SpendSchedule;
import io.inferwarden.detectors.signal.Observation;
import java.util.List;

/**
 * Evidence that a principal does not use a classifier as honest principals do.
 *
 * <p><b>Null hypothesis.</b> The bins of an honest principal are drawn from the P&oacute;lya urn of
 * the baseline, or with weight 0.02 from a wider urn around the same centre; see {@link
 * PrincipalBaseline}. Heterogeneity between honest principals is part of the null. A principal's
 * exact repeat of one of its last 32 inputs is no new draw and counts as no evidence.
 *
 * <p><b>Formula.</b> For each signal, six alternatives predict the next bin; {@code L_j} is the
 * ratio of an alternative's probability of the bin to that of the null, and
 *
 * <pre>{@code
 * M_j <- min((M_j + s_n) L_j, 1e30)
 * s_0 = principalSpend / 2 + eventSpend
 * s_n = principalSpend / 2 * 16 / ((n + 16)(n + 17)) + eventSpend,  n > 0 events of the signal before
 * level = mean of all M_j
 * }</pre>
 *
 * The caller alarms at level 1 or more, and then restarts the state. At {@code principalSpend =
 * alpha / principals} and no event spend that is the bar {@code E >= principals / alpha} for the
 * evidence {@code E = level / principalSpend}.
 *
 * <p><b>False alarms.</b> Given the past, {@code E[L_j] = 1} under the null. Let {@code Y} be the
 * level plus the levels at all alarms so far. Then {@code E[Y_t - Y_(t-1) | past] <= s_t}, {@code
 * Y_0 = 0}, and {@code Y >= number of alarms}: the expected number of alarms, up to any stopping
 * time and whatever the dependence between signals, is at most the spend granted, which is below
 * {@code principalSpend + events * eventSpend}. The schedule ends after 65,535 events: later events
 * grant their event spend only. The promise holds for the fitted null; honest principals follow it
 * only nearly. After Shin, Ramdas and Rinaldo (arXiv:2203.03532), with a spend in place of {@code 1
 * / c}.
 *
 * <p>Cost per event: one pass over the features, half of {@code columns²} multiplications, 32
 * distances in 8 dimensions, 42 ratios; no allocation. Deterministic; not thread-safe, so give each
 * thread its own detector over the shared baseline.
 */
public final class PrincipalDetector {

  private final PrincipalBaseline baseline;
  private final SignalUrn[] urns;
  private final int[] offsets;
  private final EventMeasures measures;
  private final UrnStep step = new UrnStep();
  private final int[] bins = new int[SignalKind.values().length];

  public PrincipalDetector(PrincipalBaseline baseline) {
    this.baseline = baseline;
    this.urns = baseline.urns().toArray(SignalUrn[]::new);
    this.measures = baseline.inputModel().newMeasures();
    this.offsets = new int[urns.length];
    for (int i = 1; i < urns.length; i++) {
      offsets[i] = offsets[i - 1] + urns[i - 1].bins();
    }
  }

  /**
   * Takes one event in.
   *
   * @param state of the event's principal; changed
   * @param event what may be seen of it; not kept
   * @param principalSpend false alarms this principal may cost in its life, &gt;= 0
   * @param eventSpend false alarms each of its events may cost in addition, &gt;= 0
   * @return the level, &gt;= 0; 1 or more is an alarm
   * @throws IllegalArgumentException when a spend is negative or NaN, or the state was made for
   *     another baseline
   */
  public double observe(
      PrincipalState state, Observation event, double principalSpend, double eventSpend) {
    requireSpend("principalSpend", principalSpend);
    requireSpend("eventSpend", eventSpend);
    requireFits(state);
    baseline.inputModel().measure(event, state, measures);
    baseline.cuts().cut(measures, bins);
    BehaviourMarks.note(
        state,
        measures,
        baseline.markBounds(),
        event.timeMillis(),
        StateBytes.scramble(state.events()));
    return observeBins(state, event.timeMillis(), bins, principalSpend, eventSpend);
  }

  /** Where the last event observed fell, in the order of {@link SignalKind}; -1 where missing. */
  int[] lastBins() {
    return bins.clone();
  }

  /**
   * @param binOfKind bin of each signal in the order of {@link SignalKind}, -1 where missing
   */
  double observeBins(
      PrincipalState state,
      long timeMillis,
      int[] binOfKind,
      double principalSpend,
      double eventSpend) {
    double granted = 0;
    boolean isScheduled = SpendSchedule.lasts(state.events());
    for (int i = 0; i < urns.length; i++) {
      int bin = binOfKind[urns[i].kind().position()];
      if (bin >= 0) {
        state.count(i, offsets[i], urns[i].bins(), bin, step);
        double scheduled = isScheduled ? principalSpend * SpendSchedule.shareAfter(step.total) : 0;
        double spend = scheduled + eventSpend;
        urns[i].predict(bin, step);
        state.grow(i, step, spend);
        granted += spend;
      }
    }
    countGap(state, timeMillis);
    state.arrive(timeMillis);
    double level = state.level();
    state.settle(level, granted / urns.length, step.random);
    return level;
  }

  private static void countGap(PrincipalState state, long timeMillis) {
    if (state.events() > 0) {
      int bin = GapCounts.binOf(timeMillis - state.lastMillis());
      GapCounts.add(state.bytes(), bin, StateBytes.scramble(state.events()));
    }
  }

  /** Starts the evidence again after an alarm; what is known of the principal stays. */
  public void restart(PrincipalState state) {
    requireFits(state);
    state.restart();
  }

  /**
   * Which signals carry the level and, for those that lead, which bins were seen too often.
   *
   * @return a share for each signal, largest first; they sum to 1, or are all 0 without a level
   */
  public List<SignalShare> explain(PrincipalState state) {
    requireFits(state);
    return new Explanation(baseline, state).shares();
  }

  /**
   * What the principal seems to be after, read from the marks of how it works. It is a reading, no
   * evidence: ask when there is a finding, before the restart.
   *
   * @return extraction where nothing speaks for a narrower kind
   */
  public AbuseKind kind(PrincipalState state) {
    requireFits(state);
    return new BehaviourReading(baseline, state).kind();
  }

  /**
   * How the principal works, in plain sentences, such as "17 of its last 32 inputs lay closer to an
   * earlier one than 99 % of honest inputs do".
   *
   * @return only what is remarkable; may be empty
   */
  public List<String> marks(PrincipalState state) {
    requireFits(state);
    return new BehaviourReading(baseline, state).sentences();
  }

  private void requireFits(PrincipalState state) {
    if (!baseline.fits(state)) {
      throw new IllegalArgumentException("state must have been made for this baseline");
    }
  }

  private static void requireSpend(String name, double spend) {
    if (!(spend >= 0)) {
      throw new IllegalArgumentException(name + " must be >= 0, was " + spend);
    }
  }
}
