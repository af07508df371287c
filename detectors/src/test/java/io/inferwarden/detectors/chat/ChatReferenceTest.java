package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Values of numpy and scipy, made by src/test/python/chat_reference_values.py. */
class ChatReferenceTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void kindsAndEvidenceOfSyntheticBinsEqualTheReference() throws IOException {
    try (InputStream in =
        ChatReferenceTest.class.getResourceAsStream("chat-reference-values.json")) {
      JsonNode values = new ObjectMapper().readTree(in);

      assertThat(values.path("signals").path("variety").path("weights")).hasSizeGreaterThan(2);
      requireEqual(values, TOLERANCE);
    }
  }

  /**
   * @param tolerance for evidence by way of the 32-bit numbers of a state
   */
  private static void requireEqual(JsonNode values, double tolerance) {
    ChatSample sample = sample(values);
    double[][] logs = new double[ChatSignal.values().length][];
    for (ChatSignal signal : ChatSignal.values()) {
      JsonNode expected = values.path("signals").path(name(signal));
      SignalFit fit = SignalFit.of(sample, signal, who -> true);
      requireSameKinds(fit, expected);
      ChatUrns urns = fit.urns().orElseThrow();
      logs[signal.position()] = logEvidence(values, urns);
      double[] expectedLogs = doubles(expected.path("logEvidence"));
      requireClose(logs[signal.position()], expectedLogs, tolerance);
      requireClose(exactLogEvidence(values, urns), expectedLogs, TOLERANCE);
    }
    double[] sums = new double[logs[0].length];
    for (int i = 0; i < sums.length; i++) {
      for (ChatSignal signal : ChatSignal.values()) {
        sums[i] += signal.weight() / 10.0 * Math.exp(logs[signal.position()][i]);
      }
      sums[i] = Math.log(sums[i]);
    }
    requireClose(sums, doubles(values.path("logEvidence")), tolerance);
  }

  private static void requireClose(double[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    assertThat(largest).isLessThan(tolerance);
  }

  private static void requireSameKinds(SignalFit fit, JsonNode expected) {
    ChatSignalCard card = fit.card(new Excess(0, 0, 0));
    UrnMixture honest = fit.urns().orElseThrow().honest();
    double[] weights = doubles(expected.path("weights"));

    assertThat(card.kinds()).isEqualTo(weights.length);
    assertThat(card.kappa()).isCloseTo(expected.path("kappa").asDouble(), within(TOLERANCE));
    assertThat(card.principalsKept() / (double) card.principals())
        .isCloseTo(expected.path("kept").asDouble(), within(1e-12));
    for (int j = 0; j < weights.length; j++) {
      assertThat(honest.priorWeight(2 * j) / .7).isCloseTo(weights[j], within(TOLERANCE));
      assertThat(Arrays.stream(honest.alpha(2 * j)).map(a -> a / .7).toArray())
          .containsExactly(doubles(expected.path("alphas").get(j)), within(TOLERANCE));
    }
  }

  /** Log evidence of one signal after each event that is shown. */
  private static double[] logEvidence(JsonNode values, ChatUrns urns) {
    ChatBaseline baseline =
        new ChatBaseline(
            WordTable.learn(List.of()),
            new ChatCuts(new double[ChatSignal.values().length][0]),
            List.of(urns),
            List.of(),
            new Excess(0, 0, 0),
            1,
            1);
    int[] who = ints(values.path("who"));
    int[] bins = ints(values.path("signals").path(name(urns.signal())).path("bins"));
    ChatState[] states = new ChatState[Arrays.stream(who).max().orElseThrow() + 1];
    double[] logs = new double[who.length];
    for (int i = 0; i < who.length; i++) {
      if (bins[i] >= 0) {
        double spend = states[who[i]] == null ? 1 : 0;
        states[who[i]] = states[who[i]] == null ? baseline.newState() : states[who[i]];
        urns.observe(states[who[i]], 0, 0, urns.weights(), bins[i], spend);
      }
      ChatState state = states[who[i]];
      logs[i] = state == null ? 0 : Math.log(state.value(urns.weights()));
    }
    return Arrays.stream(ints(values.path("shown"))).mapToDouble(i -> logs[i]).toArray();
  }

  /** The same from the counts alone, in 64-bit numbers. */
  private static double[] exactLogEvidence(JsonNode values, ChatUrns urns) {
    int[] who = ints(values.path("who"));
    int[] bins = ints(values.path("signals").path(name(urns.signal())).path("bins"));
    int[][] counts = new int[Arrays.stream(who).max().orElseThrow() + 1][urns.bins()];
    int[] shown = ints(values.path("shown"));
    double[] logs = new double[shown.length];
    int next = 0;
    for (int i = 0; i < who.length && next < shown.length; i++) {
      if (bins[i] >= 0) {
        counts[who[i]][bins[i]]++;
      }
      if (shown[next] == i) {
        logs[next++] =
            logMarginal(urns.abusive(), counts[who[i]])
                - logMarginal(urns.honest(), counts[who[i]]);
      }
    }
    return logs;
  }

  private static double logMarginal(UrnMixture mixture, int[] counts) {
    double[] weights =
        IntStream.range(0, mixture.size()).mapToDouble(mixture::priorWeight).toArray();
    double[][] alphas =
        IntStream.range(0, mixture.size()).mapToObj(mixture::alpha).toArray(double[][]::new);
    PrincipalCounts one = new PrincipalCounts(new int[][] {counts});
    return LogSums.mixture(one, weights, alphas, new double[weights.length][1])[0];
  }

  private static ChatSample sample(JsonNode values) {
    int[] who = ints(values.path("who"));
    int[] learned =
        IntStream.range(0, who.length)
            .filter(i -> values.path("learning").get(i).asInt() == 1)
            .toArray();
    int[][] bins = new int[learned.length][ChatSignal.values().length];
    double[][] edges = new double[ChatSignal.values().length][];
    for (ChatSignal signal : ChatSignal.values()) {
      JsonNode one = values.path("signals").path(name(signal));
      int[] all = ints(one.path("bins"));
      for (int i = 0; i < learned.length; i++) {
        bins[i][signal.position()] = all[learned[i]];
      }
      edges[signal.position()] = new double[one.path("size").asInt() - 1];
    }
    List<String> principals =
        IntStream.rangeClosed(0, Arrays.stream(who).max().orElseThrow())
            .mapToObj(Integer::toString)
            .toList();
    return new ChatSample(
        WordTable.learn(List.of()),
        new ChatCuts(edges),
        principals,
        Arrays.stream(learned).map(i -> who[i]).toArray(),
        bins);
  }

  private static String name(ChatSignal signal) {
    return signal.name().toLowerCase(Locale.ROOT);
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }
}
