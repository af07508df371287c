package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What a baseline can see: for this traffic and budget, the smallest shift of each signal that
 * would be seen, and how long it would take.
 *
 * <p>Estimates the median time from a shift of one signal alone, of known kind and size, to the
 * model's alarm. No formula: the detector itself runs over panes that are drawn from the baseline
 * (its centre by the hour, its concentration, its spread of location, and its own error from a
 * finite learning period), a few seeded times for each size, from the largest downwards until one
 * is not seen. A larger shift never takes longer than a smaller one here: where chance says so, the
 * longer time stands for the smaller shift.
 *
 * <p>Error: the median of 15 runs, so a factor of some 1.2 by chance alone. A shift that also moves
 * other signals is seen sooner; one that begins slowly, later. The panes stop after a week, or
 * after {@link #horizonMillis()} where panes are short; what is not seen by then counts as not
 * seen. Deterministic. Cost: some 10 to 60 ms a signal.
 *
 * @param eventsPerPane mean number of events of a pane, above 0
 * @param paneMillis length of a pane, milliseconds
 * @param spend expected false alarms granted to a pane of the model, above 0
 * @param horizonMillis how long was looked at, milliseconds
 * @param signals in the order of the baseline
 */
public record BlindnessCard(
    double eventsPerPane,
    long paneMillis,
    double spend,
    long horizonMillis,
    List<SignalSight> signals) {
  /** Panes that are judged are not shorter. */
  private static final long TICK_MILLIS = 60_000;

  public BlindnessCard {
    if (!(eventsPerPane > 0 && eventsPerPane < 1e9)) {
      throw new IllegalArgumentException("eventsPerPane must be in (0, 1e9), was " + eventsPerPane);
    }
    if (!(spend > 0 && spend < 1)) {
      throw new IllegalArgumentException("spend must be in (0, 1), was " + spend);
    }
    signals = List.copyOf(signals);
  }

  /**
   * The card of a model, all of whose signals are in every event. Its panes are those that are
   * judged, of which a pane of the baseline may hold several.
   *
   * @param eventsPerPane mean number of events of a pane of the baseline
   * @param spend of a pane of the baseline
   */
  public static BlindnessCard of(ModelBaseline baseline, double eventsPerPane, double spend) {
    long whole = baseline.paneMillis();
    long judged = baseline.judgedPaneMillis(whole % TICK_MILLIS == 0 ? TICK_MILLIS : whole);
    double length = (double) judged / whole;
    double[] weights = ModelDetector.weights(baseline.signals());
    long start = baseline.firstPaneStartMillis() + 2 * ModelBaseline.DAY_MILLIS;
    long horizon = SightRuns.longestPanes(judged) * judged;
    BlindnessCard empty =
        new BlindnessCard(eventsPerPane * length, judged, spend * length, horizon, List.of());
    List<SignalSight> sights = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      SignalBaseline signal = baseline.signals().get(i);
      SightRuns runs =
          new SightRuns(
              signal, weights[i], empty.spend, empty.eventsPerPane, judged, length, start);
      List<ShiftSight> shifts = new ArrayList<>();
      for (ShiftKind kind : kinds(signal)) {
        shifts.add(empty.sight(runs, kind, signal));
      }
      sights.add(new SignalSight(signal.name(), weights[i], shifts));
    }
    return new BlindnessCard(empty.eventsPerPane, judged, empty.spend, horizon, sights);
  }

  private static List<ShiftKind> kinds(SignalBaseline signal) {
    if (signal.bins().isOrdered()) {
      return List.of(ShiftKind.MEAN, ShiftKind.MISSING);
    }
    return ShiftedCentre.rareBin(signal) < 0
        ? List.of(ShiftKind.NEW_VALUE, ShiftKind.MISSING)
        : List.of(ShiftKind.RARE_VALUE, ShiftKind.NEW_VALUE, ShiftKind.MISSING);
  }

  private ShiftSight sight(SightRuns runs, ShiftKind kind, SignalBaseline signal) {
    double[] standard =
        kind == ShiftKind.RARE_VALUE
            ? new double[] {signal.usual()[ShiftedCentre.rareBin(signal)]}
            : kind.standardSizes();
    double[] sizes =
        DoubleStream.concat(Arrays.stream(kind.sizes()), Arrays.stream(standard))
            .distinct()
            .sorted()
            .toArray();
    List<ShiftSight.Delay> seen = new ArrayList<>();
    int longest = 0;
    for (int i = sizes.length - 1; i >= 0; i--) {
      int panes = runs.medianPanes(kind, sizes[i]);
      if (panes == 0) {
        break;
      }
      longest = Math.max(longest, panes);
      seen.add(new ShiftSight.Delay(sizes[i], (double) longest * paneMillis));
    }
    List<ShiftSight.Delay> times = new ArrayList<>();
    for (double size : standard) {
      times.add(
          seen.stream()
              .filter(delay -> delay.size() == size)
              .findFirst()
              .orElse(new ShiftSight.Delay(size, Double.POSITIVE_INFINITY)));
    }
    times.sort(Comparator.comparingDouble(ShiftSight.Delay::size));
    return new ShiftSight(kind, seen, times);
  }
}
