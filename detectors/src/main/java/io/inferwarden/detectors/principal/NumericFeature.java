package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A feature that is a number or missing: cut at its quantiles. A word counts as missing. */
final class NumericFeature implements FeatureCoding {
  private static final double[] FINE = {.002, .02, .1, .2, .3, .4, .5, .6, .7, .8, .9, .98, .998};
  private static final double[] COARSE = {.2, .4, .6, .8};
  private static final double MAXIMUM_DEVIATIONS = 4;

  private final double[] edges;
  private final double[] coarseEdges;

  /** The coarse edges are among the fine ones, so the fine code says the coarse one. */
  private final byte[] coarseByCode;

  private final double mean;
  private final double deviation;
  private final double lowest;
  private final double highest;
  private final boolean missingIsUsual;

  private NumericFeature(
      double[] edges,
      double[] coarseEdges,
      double mean,
      double deviation,
      double lowest,
      double highest,
      boolean missingIsUsual) {
    this.lowest = lowest;
    this.highest = highest;
    this.missingIsUsual = missingIsUsual;
    this.edges = edges;
    this.coarseEdges = coarseEdges;
    this.coarseByCode = new byte[edges.length + 1];
    for (int i = 1; i < coarseByCode.length; i++) {
      coarseByCode[i] = (byte) Quantiles.binOf(coarseEdges, edges[i - 1]);
    }
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * @param numbers what the learning holds of this feature, without missing values; sorted in place
   * @param events number of events of the learning
   * @param lowest a number below which almost no principal went
   * @param highest a number above which almost no principal went
   */
  static NumericFeature learn(double[] numbers, int events, double lowest, double highest) {
    Arrays.sort(numbers);
    double mean = Arrays.stream(numbers).average().orElse(0);
    double variance = Arrays.stream(numbers).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new NumericFeature(
        Quantiles.distinctEdges(numbers, FINE),
        Quantiles.distinctEdges(numbers, COARSE),
        mean,
        Math.sqrt(variance),
        lowest,
        highest,
        events - numbers.length >= FEWEST_USUAL * events);
  }

  @Override
  public int codes() {
    return edges.length + 2;
  }

  @Override
  public int columns() {
    return 1;
  }

  @Override
  public int code(double number, @Nullable String word) {
    return Double.isNaN(number) ? edges.length + 1 : Quantiles.binOf(edges, number);
  }

  @Override
  public int coarse(double number, int code) {
    return Double.isNaN(number) ? COARSE_MISSING : coarseByCode[code];
  }

  @Override
  public boolean isOutside(double number, int code) {
    return Double.isNaN(number) ? !missingIsUsual : number < lowest || number > highest;
  }

  @Override
  public void standardise(double number, int code, float[] target, int offset) {
    double deviations = (number - mean) / (deviation + 1e-9);
    target[offset] =
        Double.isNaN(deviations)
            ? 0
            : (float) Math.max(-MAXIMUM_DEVIATIONS, Math.min(MAXIMUM_DEVIATIONS, deviations));
  }

  @Override
  public void writeTo(StateWriter out) {
    out.writeBoolean(true).writeDoubles(edges).writeDoubles(coarseEdges);
    out.writeDouble(mean).writeDouble(deviation);
    out.writeDouble(lowest).writeDouble(highest).writeBoolean(missingIsUsual);
  }

  static NumericFeature readFrom(StateReader in) {
    return new NumericFeature(
        in.readDoubles(),
        in.readDoubles(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readBoolean());
  }
}
