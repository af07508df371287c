package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How many panes one signal alone needs to raise an alarm of its model: the median over seeded runs
 * of the detector itself, on panes drawn from the baseline.
 *
 * <p>Each run draws what the usual probabilities truly are, as the events learned leave them open,
 * then a day of panes at most without a change, then panes with the shift. The same runs serve
 * every shift.
 */
final class SightRuns {
  /** The median of that many runs is off by a factor of some 1.2. */
  private static final int RUNS = 15;

  private static final int QUIET_PANES = 24;

  /** Shifts too small for a memory of 50 panes are not seen later either. */
  private static final int MOST_PANES = 240;

  private static final long WEEK_MILLIS = 7 * ModelBaseline.DAY_MILLIS;
  private static final long SEED = 20_260_301;

  /** Panes vary less than anything can tell from here on. */
  private static final double STEADY_KAPPA = 1e7;

  private final SignalBaseline signal;
  private final SignalEvidence evidence;
  private final double weight;
  private final double spend;
  private final double eventsPerPane;
  private final long paneMillis;
  private final double length;
  private final long startMillis;
  private final double[][] usualByCell;
  private final List<Run> runs = new ArrayList<>();

  /**
   * @param weight of the signal in the model's level, in (0, 1]
   * @param spend expected false alarms granted to a pane of the model, above 0
   * @param eventsPerPane mean number of events of a pane, above 0
   * @param length of a pane, in panes of the baseline
   * @param startMillis start of the first pane
   */
  SightRuns(
      SignalBaseline signal,
      double weight,
      double spend,
      double eventsPerPane,
      long paneMillis,
      double length,
      long startMillis) {
    this.signal = signal;
    this.evidence = new SignalEvidence(signal);
    this.weight = weight;
    this.spend = spend;
    this.eventsPerPane = eventsPerPane;
    this.paneMillis = paneMillis;
    this.length = length;
    this.startMillis = startMillis;
    this.usualByCell = new double[signal.season().cells()][];
    for (int i = 0; i < RUNS; i++) {
      runs.add(new Run(SEED + i));
    }
  }

  /** Panes after which a run ends: a week, or as many as matter. */
  static int longestPanes(long paneMillis) {
    return (int) Math.max(1, Math.min(MOST_PANES, WEEK_MILLIS / paneMillis));
  }

  /** Median panes until the alarm, the pane of the alarm counted; 0 when not seen. */
  int medianPanes(ShiftKind kind, double size) {
    List<Shifted> shifted = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      shifted.add(new Shifted(runs.get(i), SEED + RUNS + i, kind, size));
    }
    int alarmed = 0;
    int longest = longestPanes(paneMillis);
    for (int pane = 0; pane < longest; pane++) {
      for (Shifted each : shifted) {
        alarmed += each.alarmsAt(pane) ? 1 : 0;
      }
      if (2 * alarmed > RUNS) {
        return pane + 1;
      }
    }
    return 0;
  }

  private long start(int pane) {
    return startMillis + pane * paneMillis;
  }

  private double[] usual(long epochHour) {
    int cell = signal.season().cellOf(epochHour);
    if (usualByCell[cell] == null) {
      usualByCell[cell] = new double[signal.size()];
      double[] nothingSince = new double[signal.season().cells() * signal.size()];
      signal.centre(epochHour, nothingSince, usualByCell[cell]);
    }
    return usualByCell[cell];
  }

  private double judge(SignalState state, PaneDraws draws, int pane, double[] truth) {
    double[] varied = truth;
    Tilts tilts = signal.tilts();
    if (tilts != null && signal.locationSpread() > 0) {
      varied = new double[truth.length];
      tilts.locate(truth, draws.normal() * signal.locationSpread(), varied);
    }
    if (signal.kappa() < STEADY_KAPPA) {
      double[] around = varied;
      varied = new double[truth.length];
      draws.vary(around, signal.kappa(), varied);
    }
    int[] counts = new int[truth.length];
    draws.counts(varied, eventsPerPane, counts);
    if (Vectors.sum(counts) > 0) {
      evidence.step(state, start(pane), length, counts, spend, true);
    }
    return weight * state.level();
  }

  /** A stream that has not shifted yet. */
  private final class Run {
    private final double[] factors;
    private final byte[] quiet;

    Run(long seed) {
      PaneDraws draws = new PaneDraws(seed);
      factors = draws.factors(signal.usual(), signal.learnedEvents());
      SignalState state = evidence.newState();
      for (int pane = -QUIET_PANES; pane < 0; pane++) {
        if (judge(state, draws, pane, truth(pane)) >= 1) {
          state.restart();
        }
      }
      StateWriter writer = new StateWriter();
      state.writeTo(writer);
      quiet = writer.toBytes();
    }

    double[] truth(int pane) {
      double[] truth = usual(Season.epochHour(start(pane))).clone();
      for (int k = 0; k < truth.length; k++) {
        truth[k] *= factors[k];
      }
      Vectors.normalise(truth);
      return truth;
    }
  }

  /** A run after its shift. */
  private final class Shifted {
    private final Run run;
    private final PaneDraws draws;
    private final SignalState state;
    private final ShiftKind kind;
    private final double size;
    private final double[][] truthByCell = new double[signal.season().cells()][];
    private boolean alarmed;

    Shifted(Run run, long seed, ShiftKind kind, double size) {
      this.run = run;
      this.draws = new PaneDraws(seed);
      this.kind = kind;
      this.size = size;
      this.state = evidence.newState();
      state.readFrom(new StateReader(run.quiet));
    }

    /** Whether this pane is the first that alarms. */
    boolean alarmsAt(int pane) {
      if (alarmed) {
        return false;
      }
      int cell = signal.season().cellOf(Season.epochHour(start(pane)));
      if (truthByCell[cell] == null) {
        truthByCell[cell] = ShiftedCentre.of(signal, kind, size, run.truth(pane));
      }
      alarmed = judge(state, draws, pane, truthByCell[cell]) >= 1;
      return alarmed;
    }
  }
}
