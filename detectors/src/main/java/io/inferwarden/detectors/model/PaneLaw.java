package io.inferwarden.detectors.model;

import io.inferwarden.detectors.evidence.PolyaUrn;
import org.jspecify.annotations.Nullable;

/**
 * The probability of a pane of counts around a predicted centre, when honest panes also differ in
 * their location: the pane's centre is the prediction tilted by {@code theta f_1} with {@code theta
 * ~ N(0, tau^2)}, {@code f_1} the standardised location of {@link Tilts}.
 *
 * <p>The integral over theta is a sum over an even grid of three standard deviations, as fine as
 * the noise of the pane asks for. With {@code tau = 0} it is the urn alone.
 */
final class PaneLaw {
  private static final double REACH = 3;

  /** Nodes on either side of the prediction, at most. */
  private static final int MOST_HALF = 10;

  /** Distance of nodes in units of the location's own noise in the pane. */
  private static final double SPACING = 1.4;

  private final double locationSpread;
  private final @Nullable Tilts tilts;

  /**
   * @param locationSpread tau, at least 0; 0 where there are no tilts
   */
  PaneLaw(double locationSpread, @Nullable Tilts tilts) {
    this.locationSpread = tilts == null ? 0 : locationSpread;
    this.tilts = tilts;
  }

  /** Log probability of one sequence of events with these counts. */
  double logProbability(double strength, double[] predicted, int[] counts) {
    if (tilts == null || locationSpread == 0) {
      return PolyaUrn.logProbability(strength, predicted, counts);
    }
    int events = Vectors.sum(counts);
    double noise = Math.sqrt(1.0 / events + 1 / strength);
    int half = (int) Math.min(MOST_HALF, Math.ceil(REACH * locationSpread / (SPACING * noise)));
    double[] tilted = new double[predicted.length];
    double[] scores = new double[2 * half + 1];
    double weights = 0;
    double top = Double.NEGATIVE_INFINITY;
    for (int i = -half; i <= half; i++) {
      double deviation = half == 0 ? 0 : i * (REACH / half);
      double logWeight = -.5 * deviation * deviation;
      weights += Math.exp(logWeight);
      tilts.locate(predicted, deviation * locationSpread, tilted);
      double score = logWeight + PolyaUrn.logProbability(strength, tilted, counts);
      scores[i + half] = score;
      top = Math.max(top, score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - top);
    }
    return Math.log(sum / weights) + top;
  }
}
