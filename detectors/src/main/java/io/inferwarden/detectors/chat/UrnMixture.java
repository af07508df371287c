package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * A mixture of P&oacute;lya urns that predicts the next bin: urn {@code i} gives bin {@code x} the
 * probability {@code (a_ix + c_x) / (A_i + n)}, and Bayes' rule weighs the urns. The posterior
 * weights are kept in a state as 32-bit numbers; a weight never falls below 1e-30. Whatever the
 * rounding, the predicted probabilities sum to one, so a ratio of two mixtures is an e-value.
 */
final class UrnMixture {
  private static final double SMALLEST_WEIGHT = 1e-30;

  private final double[] priorWeights;
  private final double[][] alphas;
  private final double[] strengths;

  /**
   * @param priorWeights of the urns, each &gt; 0, summing to 1
   * @param alphas prior weights of the bins of each urn, each &gt; 0
   */
  UrnMixture(double[] priorWeights, double[][] alphas) {
    this.priorWeights = priorWeights;
    this.alphas = alphas;
    this.strengths = Arrays.stream(alphas).mapToDouble(a -> Arrays.stream(a).sum()).toArray();
  }

  int size() {
    return priorWeights.length;
  }

  int bins() {
    return alphas[0].length;
  }

  double priorWeight(int urn) {
    return priorWeights[urn];
  }

  double[] alpha(int urn) {
    return alphas[urn];
  }

  /**
   * Predicts a bin and learns that it came.
   *
   * @param first where the weights of this mixture stand in the state
   * @param bin where the event fell
   * @param count earlier events in the bin
   * @param total earlier events in all bins
   * @return the probability that the mixture gave the bin
   */
  double predict(ChatState state, int first, int bin, int count, int total) {
    double predicted = 0;
    double weights = 0;
    for (int i = 0; i < strengths.length; i++) {
      double weight = state.value(first + i);
      weights += weight;
      predicted += weight * probability(i, bin, count, total);
    }
    for (int i = 0; i < strengths.length; i++) {
      double share = state.value(first + i) * probability(i, bin, count, total) / predicted;
      state.value(first + i, Math.max(SMALLEST_WEIGHT, share));
    }
    return predicted / weights;
  }

  private double probability(int urn, int bin, int count, int total) {
    return (alphas[urn][bin] + count) / (strengths[urn] + total);
  }

  void writeTo(StateWriter out) {
    out.writeDoubles(priorWeights);
    for (double[] alpha : alphas) {
      out.writeDoubles(alpha);
    }
  }

  static UrnMixture readFrom(StateReader in) {
    double[] weights = in.readDoubles();
    double[][] alphas = new double[weights.length][];
    for (int i = 0; i < alphas.length; i++) {
      alphas[i] = in.readDoubles();
    }
    return new UrnMixture(weights, alphas);
  }
}
