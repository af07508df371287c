package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.Quantiles;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * Cuts the measures of a prompt into the bins of the six signals. Numbers are cut at the octiles,
 * at the quantiles .005, .02, .98 and .995, and just above the largest value of the learning.
 */
final class ChatCuts {
  private static final int MISSING = -1;
  private static final double[] QUANTILES = {
    .005, .02, .125, .25, .375, .5, .625, .75, .875, .98, .995
  };
  private static final double ABOVE_LARGEST = 1e-9;
  private static final double[] NONE = {};

  private final double[][] edges;

  /**
   * @param edges of each signal in the order of {@link ChatSignal}, ascending; none for tactics and
   *     severity
   */
  ChatCuts(double[][] edges) {
    this.edges = edges;
  }

  /**
   * @param columns values of each signal in the order of {@link ChatSignal}, NaN where missing;
   *     those of tactics and severity are not looked at
   */
  static ChatCuts learn(double[][] columns) {
    double[][] edges = new double[columns.length][];
    for (ChatSignal signal : ChatSignal.values()) {
      edges[signal.position()] =
          signal.onlyMoreIsAbuse() ? NONE : numberEdges(columns[signal.position()]);
    }
    return new ChatCuts(edges);
  }

  private static double[] numberEdges(double[] values) {
    double[] sorted =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return NONE;
    }
    double[] edges = Arrays.copyOf(Quantiles.of(sorted, QUANTILES), QUANTILES.length + 1);
    edges[QUANTILES.length] = sorted[sorted.length - 1] + ABOVE_LARGEST;
    return Arrays.stream(edges).sorted().distinct().toArray();
  }

  int bins(ChatSignal signal) {
    return signal.onlyMoreIsAbuse() ? ChatSignal.TACTIC_BINS : edges[signal.position()].length + 1;
  }

  double[] edges(ChatSignal signal) {
    return edges[signal.position()];
  }

  /**
   * @param into receives the bin of each signal in the order of {@link ChatSignal}, -1 where
   *     missing
   */
  void cut(ChatMeasures measures, int[] into) {
    into[ChatSignal.TACTICS.position()] = Math.min(measures.tactics, ChatSignal.TACTIC_BINS - 1);
    into[ChatSignal.SEVERE.position()] = measures.severe;
    into[ChatSignal.OUT.position()] = binOf(ChatSignal.OUT, measures.logOutputTokens);
    into[ChatSignal.VARIETY.position()] = binOf(ChatSignal.VARIETY, measures.variety);
    into[ChatSignal.TYPICAL.position()] = binOf(ChatSignal.TYPICAL, measures.typical);
    into[ChatSignal.IN.position()] = binOf(ChatSignal.IN, measures.logInputTokens);
  }

  private int binOf(ChatSignal signal, double value) {
    return Double.isNaN(value) ? MISSING : Quantiles.binOf(edges[signal.position()], value);
  }

  void writeTo(StateWriter out) {
    for (double[] one : edges) {
      out.writeDoubles(one);
    }
  }

  static ChatCuts readFrom(StateReader in) {
    double[][] edges = new double[ChatSignal.values().length][];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = in.readDoubles();
    }
    return new ChatCuts(edges);
  }
}
