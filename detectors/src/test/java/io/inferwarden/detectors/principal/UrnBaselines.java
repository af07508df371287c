package io.inferwarden.detectors.principal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Baselines with given urns for two signals, which are fed bins instead of events. */
final class UrnBaselines {
  private UrnBaselines() {}

  static PrincipalBaseline of(
      double[] firstCentre, double firstKappa, double[] secondCentre, double secondKappa) {
    TraceEvent empty = new TraceEvent("k", 0, List.of(), List.of(), null, List.of(), 0);
    List<LearningSample> samples = List.of(new LearningSample("k", empty));
    InputModel inputModel = InputModel.learn(samples);
    SignalCuts cuts = SignalCuts.learn(SampleMeasures.of(samples, inputModel), 1);
    return new PrincipalBaseline(
        inputModel,
        cuts,
        List.of(
            new SignalUrn(SignalKind.LABEL, firstCentre, firstKappa, 0.7 * firstKappa, 1, 1),
            new SignalUrn(SignalKind.MARGIN, secondCentre, secondKappa, 0.7 * secondKappa, 1, 1)),
        Optional.empty(),
        MarkBounds.NONE,
        1);
  }

  static int[] bins(int first, int second) {
    int[] bins = new int[SignalKind.values().length];
    Arrays.fill(bins, -1);
    bins[SignalKind.LABEL.position()] = first;
    bins[SignalKind.MARGIN.position()] = second;
    return bins;
  }
}
