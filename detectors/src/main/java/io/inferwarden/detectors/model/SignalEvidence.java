package io.inferwarden.detectors.model;

import io.inferwarden.detectors.budget.ShiryaevRoberts;
import io.inferwarden.detectors.evidence.PolyaUrn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that one signal of a model has shifted.
 *
 * <p>Every hypothesis about the next pane of counts is a Pólya urn around the same centre, with a
 * memory of recent panes. The null is a mixture: the centre itself, as sure as the events it rests
 * on, or an urn so strong that it can only drift within the tolerance, within the error of a daily
 * profile, or as the learning panes wandered; the mixture moves towards what predicts best. Shifts
 * are urns of small strength, which soon believe their memory, and for numbers also ones that learn
 * only location and spread. {@code L} of a shift is its predictive probability over the null's, and
 * drives one {@link ShiryaevRoberts} recursion each.
 *
 * <p>Panes a day old join the centre with a memory of 500 panes, so a poor baseline heals.
 */
final class SignalEvidence {
  /** What the null remembers beyond its learning: 500 panes. */
  private static final double LONG_DECAY = .998;

  /** How fast trust moves between the null's own predictors. */
  private static final double SWITCH = .02;

  /** Share of the uniform in what a shift expects of a bin before it has seen any. */
  private static final double SHIFT_UNIFORM = .1;

  private final SignalBaseline baseline;
  private final List<PredictiveUrn> shifts;
  private final double[] shiftStart;

  SignalEvidence(SignalBaseline baseline) {
    this.baseline = baseline;
    List<PredictiveUrn> all = new ArrayList<>(PredictiveUrn.SHIFTS);
    if (baseline.bins().isOrdered()) {
      all.addAll(PredictiveUrn.TILTED_SHIFTS);
    }
    this.shifts = List.copyOf(all);
    this.shiftStart = baseline.usual().clone();
    for (int k = 0; k < shiftStart.length; k++) {
      shiftStart[k] = (1 - SHIFT_UNIFORM) * shiftStart[k] + SHIFT_UNIFORM / shiftStart.length;
    }
  }

  SignalBaseline baseline() {
    return baseline;
  }

  SignalState newState() {
    return new SignalState(
        shifts.size(), baseline.nulls().size() + 1, baseline.rows(), baseline.size());
  }

  /** The memory on which the leading alternative rests, or the shortest where it has none. */
  int leadingMemory(SignalState state) {
    return Math.min(shifts.get(state.leader()).memory(), PaneMemory.SHORTEST);
  }

  /**
   * Judges a pane, then learns from it.
   *
   * @param day day of the pane, counted from the start of the learning period
   * @param counts of the pane, at least one event
   * @param settling whether the pane may join the null's own memory a day later
   * @return the mean over the alternatives of {@code L}, at most e^50
   */
  double step(
      SignalState state,
      long paneStartMillis,
      int hour,
      long day,
      int[] counts,
      double spend,
      boolean settling) {
    if (settling) {
      settle(state, hour, day);
    }
    double[] centre = new double[baseline.size()];
    double restsOn = baseline.centre(hour, state.since, centre);
    double around = Vectors.join(baseline.kappa(), restsOn);
    double logNull = logNull(state, around, centre, counts);
    double sum = 0;
    for (int j = 0; j < shifts.size(); j++) {
      double logRatio =
          logScore(shifts.get(j), state, around, centre, shiftStart, counts) - logNull;
      state.evidence[j] = ShiryaevRoberts.step(state.evidence[j], spend, logRatio);
      followOnset(state, j, paneStartMillis, logRatio);
      sum += ShiryaevRoberts.step(1, 0, logRatio);
    }
    double independent = baseline.independentShare(Vectors.sum(counts));
    state.memory.remember(counts, centre, independent);
    if (settling) {
      for (int k = 0; k < counts.length; k++) {
        state.pending[hour][k] += counts[k] * independent;
      }
    }
    return sum / shifts.size();
  }

  /** When an hour comes round on another day, what it held then joins the centre. */
  private void settle(SignalState state, int hour, long day) {
    if (state.day[hour] == day) {
      return;
    }
    for (double[] row : state.since) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= LONG_DECAY;
      }
    }
    double[] row = state.since[baseline.rows() == 1 ? 0 : hour];
    double[] pending = state.pending[hour];
    for (int k = 0; k < row.length; k++) {
      row[k] += pending[k];
      pending[k] = 0;
    }
    state.day[hour] = day;
  }

  /** Log probability under the mixture of nulls; moves trust towards those that predicted well. */
  private double logNull(SignalState state, double around, double[] centre, int[] counts) {
    double[] trust = state.trust;
    double[] scores = new double[trust.length];
    scores[0] = PolyaUrn.logProbability(around, centre, counts);
    double top = scores[0];
    for (int i = 1; i < scores.length; i++) {
      PredictiveUrn urn = baseline.nulls().get(i - 1);
      scores[i] = logScore(urn, state, around, centre, baseline.usual(), counts);
      top = Math.max(top, scores[i]);
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      trust[i] *= Math.exp(scores[i] - top);
      sum += trust[i];
    }
    for (int i = 0; i < scores.length; i++) {
      trust[i] = (1 - SWITCH) * trust[i] / sum + SWITCH / trust.length;
    }
    return Math.log(sum) + top;
  }

  private double logScore(
      PredictiveUrn urn,
      SignalState state,
      double around,
      double[] centre,
      double[] start,
      int[] counts) {
    double[] predicted = new double[centre.length];
    @Nullable Tilts tilts = baseline.tilts();
    if (urn.isTilted() && tilts != null) {
      state.memory.tiltedCentre(urn, centre, tilts, predicted);
    } else {
      state.memory.urnCentre(urn, centre, baseline.usual(), start, predicted);
    }
    double remembered = urn.strength() + Vectors.sum(state.memory.seen(urn.memory()));
    return PolyaUrn.logProbability(Vectors.join(around, remembered), predicted, counts);
  }

  /** A CUSUM beside each recursion: where it last left 0 is the likeliest start of a change. */
  private static void followOnset(SignalState state, int j, long paneStart, double logRatio) {
    if (state.cusum[j] == 0) {
      state.onsetMillis[j] = paneStart;
    }
    state.cusum[j] = Math.max(0, state.cusum[j] + logRatio);
  }
}
