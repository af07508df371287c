package io.inferwarden.detectors.model;

import static io.inferwarden.detectors.model.SimulatedModel.HOUR;
import static io.inferwarden.detectors.model.SimulatedModel.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VersionComparisonLaws {
  private final SimulatedModel model = new SimulatedModel(7);
  private final ModelBaseline baseline = model.baseline();
  private final ModelDetector detector = new ModelDetector(baseline);
  private final VersionComparison comparison = new VersionComparison(detector);

  private PaneCounts outputs(int pane, int events, double shift) {
    PaneCounts counts = baseline.newPaneCounts();
    model.events(pane, 1, events, shift).forEach(counts::addOutputs);
    return counts;
  }

  private static long at(int pane) {
    return START + pane * HOUR;
  }

  @Test
  void aFullDeployThatAnswersAsBeforeShowsNoDifference() {
    for (int w = 60; w < 90; w++) {
      comparison.step(at(w), null, outputs(w, 25, 0));
    }

    assertThat(comparison.differing()).isZero();
    assertThat(comparison.signals())
        .isNotEmpty()
        .allSatisfy(signal -> assertThat(signal.differs()).isFalse());
    assertThat(alike("output.label")).isTrue();
    assertThat(alike("amount")).as("inputs are not compared").isFalse();
  }

  @Test
  void aFullDeployThatAnswersOtherwiseDiffersFromTheBaseline() {
    for (int w = 60; w < 75; w++) {
      comparison.step(at(w), null, outputs(w, 25, 1.5));
    }

    SignalComparison strongest = comparison.signals().get(0);
    assertThat(strongest.differs()).isTrue();
    assertThat(strongest.signal()).startsWith("output.");
    assertThat(strongest.eValue()).isGreaterThanOrEqualTo(VersionComparison.PROOF);
    assertThat(strongest.totalVariation()).isBetween(.2, .8);
    assertThat(strongest.bins().stream().mapToDouble(BinShift::observedShare).sum())
        .isBetween(.999, 1.001);
    assertThat(alike(strongest.signal())).isFalse();
  }

  @Test
  void aCanaryIsComparedWithItsControlAndNotWithTheBaseline() {
    for (int w = 60; w < 90; w++) {
      comparison.step(at(w), outputs(w, 100, 1.5), outputs(w, 25, 1.5));
    }

    assertThat(comparison.differing()).as("both moved alike since the baseline").isZero();
  }

  @Test
  void aCanaryThatAnswersOtherwiseThanItsControlDiffers() {
    for (int w = 60; w < 90; w++) {
      comparison.step(at(w), outputs(w, 100, 0), outputs(w, 25, 1.5));
    }

    assertThat(comparison.differing()).isPositive();
    assertThat(comparison.signals().get(0).totalVariation()).isBetween(.2, .8);
  }

  @Test
  void besideAControlItRestsOnNoMoreEventsThanThatHas() {
    comparison.step(at(60), outputs(60, 4, 0), outputs(60, 100, 0));

    assertThat(comparison.events()).isLessThanOrEqualTo(6);
  }

  @Test
  void aComparisonThatWasReadBackContinuesIdentically() {
    comparison.step(at(60), outputs(60, 25, 0), outputs(60, 25, 1));
    comparison.step(at(61), null, outputs(61, 25, 1));
    byte[] written = bytes(comparison);
    VersionComparison read = VersionComparison.readFrom(detector, new StateReader(written));
    assertThat(bytes(read)).isEqualTo(written);
    PaneCounts next = outputs(62, 25, 1);

    comparison.step(at(62), null, next);
    read.step(at(62), null, next);

    assertThat(read.signals()).isEqualTo(comparison.signals());
    assertThat(read.events()).isEqualTo(comparison.events());
  }

  @Test
  void refusesCountsOfAnotherBaseline() {
    ModelBaseline other =
        SimulatedModel.learn(
            model.events(0, 60, 25, 0).stream()
                .map(
                    event ->
                        RecordedObservation.ofFeatures(
                            event.timeMillis(), new TreeMap<>(Map.of("x", 1.0))))
                .toList());

    assertThatThrownBy(() -> comparison.step(at(60), null, other.newPaneCounts()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("counts must have 8 signals, was 4");
  }

  private boolean alike(String signal) {
    List<String> names = baseline.signalNames();
    return comparison.alike()[names.indexOf(signal)];
  }

  private static byte[] bytes(VersionComparison comparison) {
    StateWriter writer = new StateWriter();
    comparison.writeTo(writer);
    return writer.toBytes();
  }
}
