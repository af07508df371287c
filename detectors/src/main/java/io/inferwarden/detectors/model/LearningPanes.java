package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The panes of a learning period: their counts of one signal, in the order of time. */
final class LearningPanes {
  private final List<int[]> counts;
  private final List<Integer> hours;
  private final List<Long> days;

  private LearningPanes(List<int[]> counts, List<Integer> hours, List<Long> days) {
    this.counts = counts;
    this.hours = hours;
    this.days = days;
  }

  static LearningPanes empty() {
    return new LearningPanes(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Adds a pane; one without events says nothing and is left out. */
  void add(int[] pane, int hour, long day) {
    if (Vectors.sum(pane) > 0) {
      counts.add(pane);
      hours.add(hour);
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

  int hour(int pane) {
    return hours.get(pane);
  }

  long day(int pane) {
    return days.get(pane);
  }

  List<Long> distinctDays() {
    return days.stream().distinct().toList();
  }

  int events() {
    return counts.stream().mapToInt(Vectors::sum).sum();
  }

  /** Counts by hour of day, of all panes or of all but one day's. */
  double[][] byHour(boolean withoutDay, long day) {
    double[][] byHour = new double[DailyProfile.HOURS][bins()];
    for (int w = 0; w < size(); w++) {
      if (withoutDay && days.get(w) == day) {
        continue;
      }
      for (int k = 0; k < bins(); k++) {
        byHour[hours.get(w)][k] += counts.get(w)[k];
      }
    }
    return byHour;
  }

  /** The panes that are not marked, as a new object. */
  LearningPanes without(boolean[] marked) {
    LearningPanes kept = empty();
    for (int w = 0; w < size(); w++) {
      if (!marked[w]) {
        kept.add(counts.get(w), hours.get(w), days.get(w));
      }
    }
    return kept;
  }

  /** The probabilities of all panes with a prior. */
  double[] usual(double[] prior) {
    double[] usual = new double[bins()];
    DailyProfile.centre(0, byHour(false, 0), prior, DailyProfile.WHOLE_DAY, usual);
    return usual;
  }

  static double[] flatPrior(int bins) {
    double[] prior = new double[bins];
    Arrays.fill(prior, .5);
    return prior;
  }
}
