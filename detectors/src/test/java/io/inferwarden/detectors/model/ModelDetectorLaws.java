package io.inferwarden.detectors.model;

import static io.inferwarden.detectors.model.SimulatedModel.HOUR;
import static io.inferwarden.detectors.model.SimulatedModel.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModelDetectorLaws {
  private static final double SPEND = 1e-4;

  @Test
  void alarmsOfManyQuietModelsStayWithinTheBudget() {
    double spend = .01;
    int models = 40;
    int alarms = 0;
    double meanRatio = 0;
    for (int i = 0; i < models; i++) {
      SimulatedModel model = new SimulatedModel(500 + i);
      ModelBaseline baseline = model.baseline();
      ModelDetector detector = new ModelDetector(baseline);
      ModelState state = detector.newState();
      for (int w = 60; w < 144; w++) {
        double level = detector.step(state, START + w * HOUR, model.pane(baseline, w, 0), spend);
        if (level >= 1) {
          alarms++;
          detector.restart(state);
        }
      }
      meanRatio += state.meanLikelihoodRatio() / models;
    }

    double promised = models * 84 * spend;
    assertThat((double) alarms).isLessThanOrEqualTo(promised + 3 * Math.sqrt(promised));
    assertThat(meanRatio).isBetween(.7, 1.02);
  }

  @Test
  void meanLevelOfManyQuietModelsStaysAtTheGrantedSpend() {
    int models = 40;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < models; i++) {
      SimulatedModel model = new SimulatedModel(9000 + i);
      ModelBaseline baseline = model.baseline();
      ModelDetector detector = new ModelDetector(baseline);
      ModelState state = detector.newState();
      for (int w = 60; w < 100; w++) {
        detector.step(state, START + w * HOUR, model.pane(baseline, w, 0), SPEND);
      }
      double ofGranted = detector.level(state) / (40 * SPEND);
      sum += ofGranted;
      squares += ofGranted * ofGranted;
    }

    double mean = sum / models;
    double error = Math.sqrt((squares / models - mean * mean) / models);
    assertThat(mean).isLessThanOrEqualTo(1 + 3 * error);
  }

  @Test
  void aHugeShiftAlarmsInTheNextPaneAndIsExplained() {
    SimulatedModel model = new SimulatedModel(1);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    for (int w = 60; w < 90; w++) {
      assertThat(detector.step(state, START + w * HOUR, model.pane(baseline, w, 0), SPEND))
          .isLessThan(.1);
    }

    double level = detector.step(state, START + 90 * HOUR, model.pane(baseline, 90, 6), SPEND);

    assertThat(level).isGreaterThanOrEqualTo(1);
    List<CauseShare> causes = detector.explain(state);
    assertThat(causes).hasSize(8);
    assertThat(causes.stream().mapToDouble(CauseShare::share).sum()).isCloseTo(1, within(1e-12));
    assertThat(causes.get(0).signal()).isEqualTo("amount");
    BinShift first = causes.get(0).bins().get(0);
    assertThat(first.bin()).startsWith("above ").endsWith("(never seen)");
    assertThat(first.observedShare()).isGreaterThan(first.expectedShare());
    // A pane of chance just before may belong to the same excursion.
    assertThat(detector.onsetMillis(state)).isBetween(START + 89 * HOUR, START + 90 * HOUR);
    assertThat(
            detector.inputShare(state)
                + detector.outputShare(state)
                + detector.operationShare(state))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void aMildShiftBeganWhereItBegan() {
    SimulatedModel model = new SimulatedModel(2);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    double level = 0;
    int pane = 60;
    while (level < 1 && pane < 120) {
      level =
          detector.step(
              state, START + pane * HOUR, model.pane(baseline, pane, pane < 80 ? 0 : .7), SPEND);
      pane++;
    }

    assertThat(pane).isBetween(81, 95);
    assertThat((detector.onsetMillis(state) - START) / (double) HOUR).isBetween(77.0, 84.0);
  }

  @Test
  void restoredDetectorAndStateContinueIdentically() {
    SimulatedModel model = new SimulatedModel(3);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    for (int w = 60; w < 96; w++) {
      detector.step(state, START + w * HOUR, model.pane(baseline, w, 0), SPEND, w % 7 != 0);
    }
    StateWriter writer = new StateWriter();
    baseline.writeTo(writer);
    state.writeTo(writer);

    StateReader reader = new StateReader(writer.toBytes());
    ModelBaseline restoredBaseline = ModelBaseline.readFrom(reader);
    ModelDetector restored = new ModelDetector(restoredBaseline);
    ModelState restoredState = restored.readState(reader);

    assertThat(reader.hasRemaining()).isFalse();
    for (int w = 96; w < 130; w++) {
      PaneCounts counts = model.pane(baseline, w, .3);
      assertThat(restored.step(restoredState, START + w * HOUR, counts, SPEND))
          .isEqualTo(detector.step(state, START + w * HOUR, counts, SPEND));
    }
    assertThat(restored.explain(restoredState)).isEqualTo(detector.explain(state));
    assertThat(restored.onsetMillis(restoredState)).isEqualTo(detector.onsetMillis(state));
    assertThat(restoredState.meanLikelihoodRatio()).isEqualTo(state.meanLikelihoodRatio());
  }

  @Test
  void restartForgetsTheEvidenceOnly() {
    SimulatedModel model = new SimulatedModel(4);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    detector.step(state, START + 60 * HOUR, model.pane(baseline, 60, 6), SPEND);

    detector.restart(state);

    assertThat(detector.level(state)).isZero();
    assertThat(detector.explain(state)).isEmpty();
    assertThat(detector.inputShare(state)).isZero();
    // What it learned of the shift is kept, so the next pane of it alarms again.
    assertThat(detector.step(state, START + 61 * HOUR, model.pane(baseline, 61, 6), SPEND))
        .isGreaterThan(1);
  }

  @Test
  void signalsWithoutCountsKeepTheirEvidence() {
    SimulatedModel model = new SimulatedModel(5);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    detector.step(state, START + 60 * HOUR, model.pane(baseline, 60, 0), SPEND);
    double inputs = detector.level(state) * detector.inputShare(state);
    PaneCounts outputs = baseline.newPaneCounts();
    model.events(61, 1, 25, 6).forEach(outputs::addOutputs);

    double level = detector.step(state, START + 61 * HOUR, outputs, SPEND);

    assertThat(level * detector.inputShare(state)).isCloseTo(inputs, within(1e-15));
    assertThat(detector.outputShare(state)).isGreaterThan(.99);
  }

  @Test
  void whileAnIncidentIsOpenNothingSettles() {
    SimulatedModel model = new SimulatedModel(6);
    ModelBaseline baseline = model.baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    for (int w = 60; w < 120; w++) {
      detector.step(state, START + w * HOUR, model.pane(baseline, w, 1), SPEND, false);
    }

    assertThat(state.signals[0].settled.total()).isZero();
    assertThat(state.signals[0].settled.waiting()).isZero();
    assertThat(state.meanLikelihoodRatio()).isNaN();
  }

  @Test
  void outputsAloneCarryTheWholeWeight() {
    SimulatedModel model = new SimulatedModel(8);
    List<RecordedObservation> sample =
        model.events(0, 60, 25, 0).stream()
            .map(
                event ->
                    new RecordedObservation(
                        event.timeMillis(),
                        List.of(),
                        List.of(),
                        event.label(),
                        event.scores(),
                        event.scores().get(0)))
            .toList();
    ModelBaseline baseline = SimulatedModel.learn(sample);
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    for (SignalState signal : state.signals) {
      Arrays.fill(signal.evidence, 1);
    }

    assertThat(baseline.signalNames())
        .containsExactly("output.label", "output.confidence", "output.value");
    assertThat(detector.level(state)).isCloseTo(1, within(1e-12));
    assertThat(detector.outputShare(state)).isEqualTo(1);
  }

  @Test
  void refusesCountsAndStatesOfAnotherBaseline() {
    SimulatedModel model = new SimulatedModel(9);
    ModelBaseline baseline = model.baseline();
    ModelBaseline other =
        SimulatedModel.learn(
            model.events(0, 60, 25, 0).stream()
                .map(
                    event ->
                        RecordedObservation.ofFeatures(
                            event.timeMillis(), new TreeMap<>(Map.of("x", 1.0))))
                .toList());
    ModelDetector detector = new ModelDetector(baseline);

    assertThatThrownBy(
            () -> detector.step(detector.newState(), START, other.newPaneCounts(), SPEND))
        .hasMessage("counts must have 8 signals, was 4");
    StateWriter writer = new StateWriter();
    new ModelDetector(other).newState().writeTo(writer);
    assertThatThrownBy(() -> detector.readState(new StateReader(writer.toBytes())))
        .hasMessage("state must have 8 signals, was 4");
  }
}
