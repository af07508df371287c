package io.inferwarden.detectors.model;

import io.inferwarden.detectors.budget.ShiryaevRoberts;
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
  /**
   * Where the baseline rests on fewer events than this, or recent panes hold more than half as many
   * as it rests on, its own error is one more null: an urn that may follow the stream as a baseline
   * of half its size would.
   */
  private static final double THIN_EVENTS = 1000;

  private static final double OUTWEIGHED = .5;

  /** How fast trust moves between the null's own predictors. */
  private static final double SWITCH = .02;

  /** Share of the uniform in what a shift expects of a bin before it has seen any. */
  private static final double SHIFT_UNIFORM = .1;

  private final SignalBaseline baseline;
  private final List<PredictiveUrn> shifts;
  private final double[] shiftStart;

  /**
   * The nulls in the order of the trusts: the centre, what was learned, then those of some signals.
   */
  private final List<PredictiveUrn> wanders;

  private final int thin;
  private final int doubtful;
  private final int firstWander;

  private final boolean isPlain;

  SignalEvidence(SignalBaseline baseline) {
    this(baseline, false);
  }

  /**
   * @param isPlain whether only the nulls of {@code reference/model_evidence.py} are in force,
   *     without thin baselines, doubtful concentrations and settled wandering
   */
  SignalEvidence(SignalBaseline baseline, boolean isPlain) {
    this.baseline = baseline;
    this.isPlain = isPlain;
    List<PredictiveUrn> all = new ArrayList<>(PredictiveUrn.SHIFTS);
    if (baseline.bins().isOrdered()) {
      all.addAll(PredictiveUrn.TILTED_SHIFTS);
    }
    this.shifts = List.copyOf(all);
    this.shiftStart = baseline.usual().clone();
    for (int k = 0; k < shiftStart.length; k++) {
      shiftStart[k] = (1 - SHIFT_UNIFORM) * shiftStart[k] + SHIFT_UNIFORM / shiftStart.length;
    }
    this.wanders = SettledWander.candidatesOf(baseline.bins());
    this.thin = 1 + baseline.nulls().size();
    this.doubtful = thin + 1;
    this.firstWander = doubtful + 1;
  }

  SignalBaseline baseline() {
    return baseline;
  }

  SignalState newState() {
    SignalState state = new SignalState(shifts.size(), firstWander + wanders.size(), baseline);
    for (int i = 0; i < thin; i++) {
      state.trust[i] = 1.0 / thin;
    }
    return state;
  }

  /** The memory on which the leading alternative rests, or the shortest where it has none. */
  int leadingMemory(SignalState state) {
    return Math.min(shifts.get(state.leader()).memory(), PaneMemory.SHORTEST);
  }

  /**
   * Judges a pane, then learns from it.
   *
   * @param length of the pane, in panes of the baseline
   * @param counts of the pane, at least one event
   * @param settling whether the pane may join the null's own memory a day later
   * @return the mean over the alternatives of {@code L}, at most e^50
   */
  double step(
      SignalState state,
      long paneStartMillis,
      double length,
      int[] counts,
      double spend,
      boolean settling) {
    long epochHour = Season.epochHour(paneStartMillis);
    if (settling) {
      state.settled.settle(epochHour);
      state.wander.settle(epochHour);
    }
    Pane pane = new Pane(state, epochHour, counts);
    double logNull = pane.logNull(settling);
    double sum = 0;
    for (int j = 0; j < shifts.size(); j++) {
      double logRatio = pane.logScore(shifts.get(j), shiftStart) - logNull;
      state.evidence[j] = ShiryaevRoberts.step(state.evidence[j], spend, logRatio);
      followOnset(state, j, paneStartMillis, logRatio);
      sum += ShiryaevRoberts.step(1, 0, logRatio);
    }
    double independent = baseline.independentShare(Vectors.sum(counts));
    state.memory.remember(counts, pane.centre, independent, length);
    double ratio = sum / shifts.size();
    if (settling) {
      state.settled.await(epochHour, counts, independent);
      state.audit.add(ratio);
    }
    return ratio;
  }

  /** A CUSUM beside each recursion: where it last left 0 is the likeliest start of a change. */
  private static void followOnset(SignalState state, int j, long paneStart, double logRatio) {
    if (state.cusum[j] == 0) {
      state.beginOnset(j, paneStart);
    }
    state.cusum[j] = (float) Math.max(0, state.cusum[j] + logRatio);
  }

  /** One pane as the hypotheses see it. */
  private final class Pane {
    final SignalState state;
    final long epochHour;
    final int[] counts;
    final double[] centre;
    final double[] predicted;
    final double restsOn;
    final double around;

    Pane(SignalState state, long epochHour, int[] counts) {
      this.state = state;
      this.epochHour = epochHour;
      this.counts = counts;
      this.centre = new double[baseline.size()];
      this.predicted = new double[baseline.size()];
      this.restsOn = baseline.centre(epochHour, state.settled.since(), centre);
      this.around = Vectors.join(baseline.kappa(), restsOn);
    }

    double logScore(PredictiveUrn urn, double[] start) {
      @Nullable Tilts tilts = baseline.tilts();
      if (urn.isTilted() && tilts != null) {
        state.memory.tiltedCentre(urn, centre, tilts, predicted);
      } else {
        state.memory.urnCentre(urn, centre, baseline.usual(), start, predicted);
      }
      double remembered = urn.strength() + Vectors.sum(state.memory.seen(urn.memory()));
      return baseline.law().logProbability(Vectors.join(around, remembered), predicted, counts);
    }

    /** Log probability under the mixture of nulls; moves trust towards what predicted well. */
    double logNull(boolean settling) {
      double[] scores = new double[state.trust.length];
      boolean[] inForce = new boolean[scores.length];
      scores[0] = baseline.law().logProbability(around, centre, counts);
      inForce[0] = true;
      for (int i = 1; i < thin; i++) {
        scores[i] = logScore(baseline.nulls().get(i - 1), baseline.usual());
        inForce[i] = true;
      }
      if (isPlain) {
        double mixture = logMixture(scores, inForce);
        trust(scores, inForce);
        return mixture;
      }
      double events = baseline.learnedEvents() + state.settled.total();
      if (isThin(events)) {
        scores[thin] = logScore(new PredictiveUrn(OUTWEIGHED * events, 0, false), baseline.usual());
        inForce[thin] = true;
      }
      if (!Double.isNaN(baseline.doubtfulKappa())) {
        double doubted = Vectors.join(baseline.doubtfulKappa(), restsOn);
        scores[doubtful] = baseline.law().logProbability(doubted, centre, counts);
        inForce[doubtful] = true;
      }
      double learned = logMixture(scores, inForce);
      boolean armed = false;
      for (int i = 0; i < wanders.size(); i++) {
        int at = firstWander + i;
        scores[at] = logScore(wanders.get(i), baseline.usual());
        inForce[at] = state.wander.isArmed(i);
        armed |= inForce[at];
        if (settling) {
          state.wander.gained(epochHour, i, scores[at] - learned);
        }
      }
      double mixture = armed ? logMixture(scores, inForce) : learned;
      trust(scores, inForce);
      return mixture;
    }

    private boolean isThin(double events) {
      return events < THIN_EVENTS || Vectors.sum(state.memory.seen(0)) > OUTWEIGHED * events;
    }

    private double logMixture(double[] scores, boolean[] inForce) {
      enlist(inForce);
      double top = Double.NEGATIVE_INFINITY;
      double trusted = 0;
      for (int i = 0; i < scores.length; i++) {
        top = inForce[i] ? Math.max(top, scores[i]) : top;
        trusted += inForce[i] ? state.trust[i] : 0;
      }
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sum += inForce[i] ? state.trust[i] / trusted * Math.exp(scores[i] - top) : 0;
      }
      return Math.log(sum) + top;
    }

    /** A null that came into force gets the share that any null keeps. */
    private void enlist(boolean[] inForce) {
      for (int i = thin; i < inForce.length; i++) {
        if (inForce[i] && state.trust[i] == 0) {
          state.trust[i] = SWITCH / inForce.length;
        }
      }
    }

    private void trust(double[] scores, boolean[] inForce) {
      double top = Double.NEGATIVE_INFINITY;
      int nulls = 0;
      for (int i = 0; i < scores.length; i++) {
        top = inForce[i] ? Math.max(top, scores[i]) : top;
        nulls += inForce[i] ? 1 : 0;
      }
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        state.trust[i] = inForce[i] ? state.trust[i] * Math.exp(scores[i] - top) : 0;
        sum += state.trust[i];
      }
      for (int i = 0; i < scores.length; i++) {
        state.trust[i] = inForce[i] ? (1 - SWITCH) * state.trust[i] / sum + SWITCH / nulls : 0;
      }
    }
  }
}
