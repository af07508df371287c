package io.inferwarden.detectors.model;

import java.util.Arrays;

/**
 * The centre of every learning pane as the other folds predict it, so that what is learned from the
 * fit generalises.
 */
final class HeldOutCentres {
  private final Season season;
  private final double[][] centres;
  private final double[] restsOn;

  private HeldOutCentres(Season season, double[][] centres, double[] restsOn) {
    this.season = season;
    this.centres = centres;
    this.restsOn = restsOn;
  }

  /** Predicts each fold from the others; a single fold predicts itself. */
  static HeldOutCentres of(LearningPanes panes, double[] prior, Season season) {
    double[][] centres = new double[panes.size()][panes.bins()];
    double[] restsOn = new double[panes.size()];
    long[] folds = panes.folds();
    long[] distinct = Arrays.stream(folds).distinct().toArray();
    for (long fold : distinct) {
      double[][] rest =
          distinct.length == 1 ? panes.byCell(season) : panes.byCell(season, folds, fold);
      for (int w = 0; w < panes.size(); w++) {
        if (folds[w] == fold) {
          restsOn[w] =
              SeasonalCentre.of(panes.epochHour(w), rest, 1, null, prior, season, centres[w]);
        }
      }
    }
    return new HeldOutCentres(season, centres, restsOn);
  }

  Season season() {
    return season;
  }

  double[] centre(int pane) {
    return centres[pane];
  }

  double restsOn(int pane) {
    return restsOn[pane];
  }

  double smallestRest() {
    double smallest = Double.POSITIVE_INFINITY;
    for (double each : restsOn) {
      smallest = Math.min(smallest, each);
    }
    return smallest;
  }
}
