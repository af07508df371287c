package io.inferwarden.detectors.model;

/**
 * The centre of every learning pane as the other days predict it, so that what is learned from the
 * fit generalises.
 */
final class HeldOutCentres {
  private final double bandwidth;
  private final double[][] centres;
  private final double[] restsOn;

  private HeldOutCentres(double bandwidth, double[][] centres, double[] restsOn) {
    this.bandwidth = bandwidth;
    this.centres = centres;
    this.restsOn = restsOn;
  }

  /** Predicts each day from the others; a single day predicts itself. */
  static HeldOutCentres of(LearningPanes panes, double[] prior, double bandwidth) {
    double[][] centres = new double[panes.size()][panes.bins()];
    double[] restsOn = new double[panes.size()];
    boolean single = panes.distinctDays().size() == 1;
    for (long day : panes.distinctDays()) {
      double[][] rest = panes.byHour(!single, day);
      for (int w = 0; w < panes.size(); w++) {
        if (panes.day(w) == day) {
          restsOn[w] = DailyProfile.centre(panes.hour(w), rest, prior, bandwidth, centres[w]);
        }
      }
    }
    return new HeldOutCentres(bandwidth, centres, restsOn);
  }

  double bandwidth() {
    return bandwidth;
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
