package io.inferwarden.detectors.model;

import static io.inferwarden.detectors.model.SimulatedModel.HOUR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ModelBaselineLearnerTest {
  @Test
  void tooFewEventsOrPanesAreSaid() {
    List<RecordedObservation> events = new SimulatedModel(31).events(0, 60, 25, 0);

    assertThat(ModelBaselineLearner.learn(events.subList(0, 199), new TreeMap<>(), HOUR, .002))
        .isInstanceOfSatisfying(
            LearningOutcome.TooLittle.class,
            little ->
                assertThat(little.reason())
                    .startsWith("a baseline needs 200 events in 4 panes, there were 199 in "));
    assertThat(ModelBaselineLearner.learn(events, new TreeMap<>(), 1000 * HOUR, .002))
        .isInstanceOf(LearningOutcome.TooLittle.class);
    assertThat(ModelBaselineLearner.learn(List.of(), new TreeMap<>(), HOUR, .002))
        .isInstanceOf(LearningOutcome.TooLittle.class);
  }

  @Test
  void eventsWithNothingToWatchTeachNothing() {
    List<RecordedObservation> bare = feature(300, i -> new LinkedHashMap<>());

    assertThat(ModelBaselineLearner.learn(bare, new TreeMap<>(), HOUR, .002))
        .isInstanceOf(LearningOutcome.TooLittle.class);
  }

  @Test
  void refusesArgumentsOutOfRange() {
    assertThatThrownBy(() -> ModelBaselineLearner.learn(List.of(), new TreeMap<>(), 0, .002))
        .hasMessage("paneMillis must be > 0, was 0");
    assertThatThrownBy(
            () -> ModelBaselineLearner.learn(List.of(), new TreeMap<>(), HOUR, Double.NaN))
        .hasMessage("tolerance must be > 0 and finite, was NaN");
  }

  @Test
  void daysCountFromTheFirstPaneOfTheLearningPeriod() {
    SimulatedModel model = new SimulatedModel(32);
    TreeMap<Long, Long> panes = new TreeMap<>(Map.of(SimulatedModel.START - 3 * HOUR, 0L));

    LearningOutcome outcome =
        ModelBaselineLearner.learn(model.events(0, 60, 25, 0), panes, HOUR, .002);

    ModelBaseline baseline = ((LearningOutcome.Learned) outcome).baseline();
    assertThat(baseline.firstPaneStartMillis()).isEqualTo(SimulatedModel.START - 3 * HOUR);
  }

  @Test
  void binsAreNamedForPeople() {
    ModelBaseline baseline = new SimulatedModel(33).baseline();
    SignalBins country = baseline.signals().get(1).bins();
    SignalBins note = baseline.signals().get(2).bins();

    assertThat(country.binName("country", country.bin(Double.NaN, "c0"))).isEqualTo("country = c0");
    assertThat(country.binName("country", country.bin(Double.NaN, "x"))).isEqualTo("NEW value");
    assertThat(country.binName("country", country.missingBin())).isEqualTo("missing");
    assertThat(note.binName("note", note.bin(-1, null))).isEqualTo("below 0 (never seen)");
    assertThat(note.binName("note", note.bin(0, null))).isEqualTo("note = 0");
    assertThat(note.binName("note", note.bin(.5, null))).isEqualTo("note above 0 to 1");
    assertThat(note.binName("note", note.bin(5, null))).isEqualTo("above 2 (never seen)");
    assertThat(note.binName("note", note.bin(Double.NaN, null))).isEqualTo("missing");
    assertThat(note.bin(Double.POSITIVE_INFINITY, null)).isEqualTo(note.bin(5, null));
  }

  @Test
  void constantAndAlwaysMissingSignalsAreLearned() {
    List<RecordedObservation> events =
        feature(
            600,
            i -> {
              Map<String, Object> features = new LinkedHashMap<>();
              features.put("constant", -0.0);
              features.put("missing", null);
              features.put("mixed", i % 2 == 0 ? "word" : (Object) 4.0);
              return features;
            });
    ModelBaseline baseline = SimulatedModel.learn(events);
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    PaneCounts counts = baseline.newPaneCounts();
    events.subList(0, 20).forEach(counts::add);

    double level = detector.step(state, 100 * HOUR, counts, 1e-4);

    assertThat(level).isBetween(0.0, .01);
    SignalBins mixed = baseline.signals().get(2).bins();
    assertThat(mixed.binName("mixed", mixed.bin(4, null))).isEqualTo("mixed = 4.0");
  }

  @Test
  void remembersABoundedSetOfSeenWords() {
    List<RecordedObservation> events =
        feature(6000, i -> Map.of("id", i < 1000 ? "often" + i % 30 : "once" + i));
    ModelBaseline baseline = SimulatedModel.learn(events);
    SignalBins bins = baseline.signals().get(0).bins();
    StateWriter writer = new StateWriter();
    baseline.writeTo(writer);

    assertThat(writer.size()).isLessThan(48_000);
    assertThat(bins.size()).isEqualTo(23);
    assertThat(bins.bin(Double.NaN, "once1000")).as("OTHER").isEqualTo(20);
    assertThat(bins.bin(Double.NaN, "once5999")).as("NEW").isEqualTo(21);
  }

  @Test
  void readsBackTheSameBytes() {
    StateWriter written = new StateWriter();
    new SimulatedModel(34).baseline().writeTo(written);
    StateWriter again = new StateWriter();

    ModelBaseline.readFrom(new StateReader(written.toBytes())).writeTo(again);

    assertThat(again.toBytes()).isEqualTo(written.toBytes()).hasSizeLessThan(5 * 4096);
  }

  private static List<RecordedObservation> feature(
      int events, IntFunction<? extends Map<String, ?>> features) {
    List<RecordedObservation> sample = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      sample.add(RecordedObservation.ofFeatures(60 * HOUR * i / events, features.apply(i)));
    }
    return sample;
  }
}
