package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaneCountsTest {
  private final SimulatedModel model = new SimulatedModel(21);
  private final ModelBaseline baseline = model.baseline();

  @Test
  void mergingPartsEqualsCountingTheWhole() {
    List<RecordedObservation> events = model.events(60, 1, 60, .5);
    PaneCounts whole = baseline.newPaneCounts();
    PaneCounts first = baseline.newPaneCounts();
    PaneCounts second = baseline.newPaneCounts();
    for (int i = 0; i < events.size(); i++) {
      whole.add(events.get(i));
      (i % 3 == 0 ? first : second).add(events.get(i));
    }

    first.merge(second);

    assertThat(bytes(first)).isEqualTo(bytes(whole));
    assertThat(first.inputEvents()).isEqualTo(events.size());
  }

  @Test
  void readsBackWhatItWroteInAFewBytesAndGoesOnAfterMerging() {
    PaneCounts counts = model.pane(baseline, 60, 0);

    PaneCounts read = PaneCounts.readFrom(new StateReader(bytes(counts)));

    assertThat(bytes(read)).isEqualTo(bytes(counts)).hasSizeLessThan(150);
    RecordedObservation next = model.events(61, 1, 25, 0).get(0);
    assertThatThrownBy(() -> read.add(next)).isInstanceOf(IllegalStateException.class);
    PaneCounts attached = baseline.newPaneCounts();
    attached.merge(read);
    attached.add(next);
    counts.add(next);
    assertThat(bytes(attached)).isEqualTo(bytes(counts));
  }

  @Test
  void inputsAndOutputsAreCountedApart() {
    List<RecordedObservation> events = model.events(60, 1, 25, 0);
    PaneCounts apart = baseline.newPaneCounts();
    events.forEach(apart::addInputs);

    assertThat(apart.outputEvents()).isZero();
    assertThat(Vectors.sum(apart.counts(baseline.signalNames().indexOf("output.label")))).isZero();

    events.forEach(apart::addOutputs);
    PaneCounts together = baseline.newPaneCounts();
    events.forEach(together::add);
    assertThat(bytes(apart)).isEqualTo(bytes(together));
  }

  @Test
  void everySignalCountsEveryEventWhateverItsFeaturesAndTheirOrder() {
    PaneCounts counts = baseline.newPaneCounts();
    Map<String, Object> reversed = new LinkedHashMap<>();
    reversed.put("unknown", 1.0);
    reversed.put("country", "never seen");
    reversed.put("amount", "a word where a number was");
    counts.add(RecordedObservation.ofFeatures(0, reversed));
    counts.add(RecordedObservation.ofFeatures(0, Map.of("country", 7.0)));

    for (int s = 0; s < counts.signals(); s++) {
      assertThat(Vectors.sum(counts.counts(s))).isEqualTo(2);
    }
    int[] country = counts.counts(baseline.signalNames().indexOf("country"));
    int[] amount = counts.counts(baseline.signalNames().indexOf("amount"));
    assertThat(country[country.length - 2]).as("NEW").isEqualTo(2);
    assertThat(amount[amount.length - 1]).as("missing").isEqualTo(2);
  }

  @Test
  void refusesBytesThatAreNoCounts() {
    StateWriter writer = new StateWriter();
    writer.writeByte(9);
    assertThatThrownBy(() -> PaneCounts.readFrom(new StateReader(writer.toBytes())))
        .hasMessage("version must be 2, was 9");
    writer.reset();
    writer.writeByte(2).writeBoolean(false);
    for (long value : new long[] {1, 1, 1, 3, 1, 3, 1}) {
      VariableLength.write(writer, value);
    }
    assertThatThrownBy(() -> PaneCounts.readFrom(new StateReader(writer.toBytes())))
        .hasMessage("bin must be in [0, 2], was 3");
  }

  @Test
  void variableLengthKeepsEveryCount() {
    StateWriter writer = new StateWriter();
    long[] values = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE};
    for (long value : values) {
      VariableLength.write(writer, value);
    }
    StateReader reader = new StateReader(writer.toBytes());

    for (long value : values) {
      assertThat(VariableLength.read(reader)).isEqualTo(value);
    }
  }

  private static byte[] bytes(PaneCounts counts) {
    StateWriter writer = new StateWriter();
    counts.writeTo(writer);
    return writer.toBytes();
  }
}
