package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The panes of a learning period: their counts of one signal, in the order of time. */
final class LearningPanes {
  /** Where there is one day only, blocks of this many hours are predicted from the others. */
  private static final int BLOCK_HOURS = 3;

  /** Hours with events that a single day needs before blocks of it can predict each other. */
  private static final int LEAST_HOURS = 12;

  private final List<int[]> counts;
  private final List<Long> epochHours;
  private final List<Long> days;

  private LearningPanes(List<int[]> counts, List<Long> epochHours, List<Long> days) {
    this.counts = counts;
    this.epochHours = epochHours;
    this.days = days;
  }

  static LearningPanes empty() {
    return new LearningPanes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /**
   * Adds a pane; one without events says nothing and is left out.
   *
   * @param epochHour hour since the epoch in which the pane starts
   * @param day of the learning period, from 0
   */
  void add(int[] pane, long epochHour, long day) {
    if (Vectors.sum(pane) > 0) {
      counts.add(pane);
      epochHours.add(epochHour);
      days.add(day);
    }
  }

  int size() {
    return counts.size();
  }

  int bins() {
    return counts.get(0).length;
  }

  int[] counts(int pane) {
    return counts.get(pane);
  }

  long epochHour(int pane) {
    return epochHours.get(pane);
  }

  int distinctDays() {
    return (int) days.stream().distinct().count();
  }

  /**
   * Which fold each pane belongs to when panes are predicted from those of other folds: its day;
   * where there is one day only, its block of three hours; 0 throughout where there is too little
   * for that.
   */
  long[] folds() {
    long[] folds = new long[size()];
    boolean single = distinctDays() == 1;
    boolean tooFew = single && epochHours.stream().distinct().count() < LEAST_HOURS;
    for (int w = 0; w < folds.length; w++) {
      folds[w] = tooFew ? 0 : single ? Math.floorDiv(epochHours.get(w), BLOCK_HOURS) : days.get(w);
    }
    return folds;
  }

  int events() {
    return counts.stream().mapToInt(Vectors::sum).sum();
  }

  /** Counts of all panes by cell of the season. */
  double[][] byCell(Season season) {
    return byCell(season, new long[size()], -1);
  }

  /** Counts by cell of the season, of all panes but those of one fold. */
  double[][] byCell(Season season, long[] folds, long without) {
    double[][] byCell = new double[season.cells()][bins()];
    for (int w = 0; w < size(); w++) {
      if (folds[w] == without) {
        continue;
      }
      double[] row = byCell[season.cellOf(epochHours.get(w))];
      for (int k = 0; k < bins(); k++) {
        row[k] += counts.get(w)[k];
      }
    }
    return byCell;
  }

  /** The panes that are not marked, as a new object. */
  LearningPanes without(boolean[] marked) {
    LearningPanes kept = empty();
    for (int w = 0; w < size(); w++) {
      if (!marked[w]) {
        kept.add(counts.get(w), epochHours.get(w), days.get(w));
      }
    }
    return kept;
  }

  /** The probabilities of all panes with a prior. */
  double[] usual(double[] prior) {
    double[] usual = new double[bins()];
    SeasonalCentre.of(0, byCell(Season.NONE), 1, null, prior, Season.NONE, usual);
    return usual;
  }

  static double[] flatPrior(int bins) {
    double[] prior = new double[bins];
    Arrays.fill(prior, .5);
    return prior;
  }
}
