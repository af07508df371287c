package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * One signal of a baseline: what the kinds of honest principals draw, and what principals who abuse
 * the model may draw instead.
 *
 * <p>Each honest kind {@code (w, a)} is in the null with weight {@code 0.7 w} as {@code 0.7 a},
 * because a fitted concentration is uncertain, and with {@code 0.3 w} as {@code 0.25 a}. With
 * {@code c} the mean of the kinds' centres, {@code K} bins and {@code T(t)} the normalised {@code
 * c_k exp(t k / (K - 1))}, the alternatives, of equal weight, are {@code 8 T(4), 4 T(8), 8 T(-4), 4
 * T(-8), min(kappa / 8, 8) c} and {@code 1/2} and {@code 1/10} in each bin; where only more is
 * abuse, {@code 8 T(4), 4 T(8)} and {@code 1/2}.
 */
final class ChatUrns {
  private static final double LARGEST_LEVEL = 1e30;
  private static final double[] NULL_WEIGHTS = {.7, .3};
  private static final double[] NULL_STRENGTHS = {.7, .25};

  private final ChatSignal signal;
  private final double[] centre;
  private final UrnMixture honest;
  private final UrnMixture abusive;

  private ChatUrns(ChatSignal signal, double[] centre, UrnMixture honest, UrnMixture abusive) {
    this.signal = signal;
    this.centre = centre;
    this.honest = honest;
    this.abusive = abusive;
  }

  static ChatUrns of(ChatSignal signal, double[] kindWeights, double[][] kindAlphas) {
    double[] centre = KindMixture.centre(kindWeights, kindAlphas);
    return new ChatUrns(
        signal,
        centre,
        honest(kindWeights, kindAlphas),
        abusive(signal, centre, kappa(kindWeights, kindAlphas)));
  }

  /** The mean concentration of the kinds. */
  static double kappa(double[] kindWeights, double[][] kindAlphas) {
    double kappa = 0;
    for (int j = 0; j < kindWeights.length; j++) {
      kappa += kindWeights[j] * Arrays.stream(kindAlphas[j]).sum();
    }
    return kappa;
  }

  private static UrnMixture honest(double[] kindWeights, double[][] kindAlphas) {
    int each = NULL_WEIGHTS.length;
    double[] weights = new double[each * kindWeights.length];
    double[][] alphas = new double[weights.length][];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = kindWeights[i / each] * NULL_WEIGHTS[i % each];
      alphas[i] = scaled(kindAlphas[i / each], NULL_STRENGTHS[i % each]);
    }
    return new UrnMixture(weights, alphas);
  }

  private static UrnMixture abusive(ChatSignal signal, double[] centre, double kappa) {
    double[] more = scaled(tilted(centre, 4), 8);
    double[] muchMore = scaled(tilted(centre, 8), 4);
    double[] flat = flat(centre.length, 0.5);
    double[][] alphas =
        signal.onlyMoreIsAbuse()
            ? new double[][] {more, muchMore, flat}
            : new double[][] {
              more,
              muchMore,
              flat,
              scaled(tilted(centre, -4), 8),
              scaled(tilted(centre, -8), 4),
              scaled(centre, Math.min(kappa / 8, 8)),
              flat(centre.length, 0.1)
            };
    return new UrnMixture(flat(alphas.length, 1.0 / alphas.length), alphas);
  }

  private static double[] tilted(double[] centre, double tilt) {
    double[] tilted = new double[centre.length];
    for (int k = 0; k < tilted.length; k++) {
      tilted[k] = centre[k] * Math.exp(tilt * k / (tilted.length - 1));
    }
    return scaled(tilted, 1 / Arrays.stream(tilted).sum());
  }

  private static double[] flat(int size, double value) {
    double[] values = new double[size];
    Arrays.fill(values, value);
    return values;
  }

  private static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(value -> value * factor).toArray();
  }

  ChatSignal signal() {
    return signal;
  }

  int bins() {
    return centre.length;
  }

  /** The usual share of each bin. */
  double[] centre() {
    return centre;
  }

  /** Number of weights in a state. */
  int weights() {
    return honest.size() + abusive.size();
  }

  float priorWeight(int index) {
    return (float)
        (index < honest.size()
            ? honest.priorWeight(index)
            : abusive.priorWeight(index - honest.size()));
  }

  UrnMixture honest() {
    return honest;
  }

  UrnMixture abusive() {
    return abusive;
  }

  /**
   * Takes one event in.
   *
   * @param offset of this signal's first bin in the state
   * @param first of this signal's weights in the state
   * @param martingale where this signal's martingale stands in the state
   * @param bin where the event fell
   * @param spend what the martingale is granted for this event
   */
  void observe(ChatState state, int offset, int first, int martingale, int bin, double spend) {
    int count = state.count(offset + bin);
    int total = state.total(offset, bins());
    double usual = honest.predict(state, first, bin, count, total);
    double abuse = abusive.predict(state, first + honest.size(), bin, count, total);
    double grown = (state.value(martingale) + spend) * (abuse / usual);
    state.value(martingale, Math.min(LARGEST_LEVEL, grown));
    state.add(offset, bins(), bin);
  }

  void writeTo(StateWriter out) {
    out.writeByte(signal.position()).writeDoubles(centre);
    honest.writeTo(out);
    abusive.writeTo(out);
  }

  static ChatUrns readFrom(StateReader in) {
    return new ChatUrns(
        ChatSignal.at(in.readByte()),
        in.readDoubles(),
        UrnMixture.readFrom(in),
        UrnMixture.readFrom(in));
  }
}
