package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** The bin counts of one partition, baseline and pane that is not over. */
record OpenPane(
    String model, String baselineId, long startMillis, PaneCounts counts, boolean bound) {
  static final StateCodec<OpenPane> CODEC =
      new StateCodec<>() {
        @Override
        public void write(OpenPane pane, StateWriter out) {
          out.writeString(pane.model).writeString(pane.baselineId).writeLong(pane.startMillis);
          pane.counts.writeTo(out);
        }

        @Override
        public OpenPane read(StateReader in) {
          return new OpenPane(
              in.readString(), in.readString(), in.readLong(), PaneCounts.readFrom(in), false);
        }
      };

  OpenPane(String model, String baselineId, long startMillis, PaneCounts counts) {
    this(model, baselineId, startMillis, counts, true);
  }

  static String key(String baselineId, long startMillis) {
    return baselineId + '\u001f' + startMillis;
  }

  /** The same pane, able to count further events after a restore. */
  OpenPane writable(ModelBaseline baseline) {
    if (bound) {
      return this;
    }
    PaneCounts fresh = baseline.newPaneCounts();
    fresh.merge(counts);
    return new OpenPane(model, baselineId, startMillis, fresh);
  }
}
