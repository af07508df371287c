package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** The bin counts of one partition, baseline and pane that is not over. */
final class OpenPane {
  final String model;
  final String baselineId;
  final long startMillis;

  /** Counted events of principals that were accused later in the pane. */
  long tainted;

  /** Events of accused principals, which were not counted. */
  long leftOut;

  private PaneCounts counts;
  private boolean bound;

  private OpenPane(
      String model, String baselineId, long startMillis, PaneCounts counts, boolean bound) {
    this.model = model;
    this.baselineId = baselineId;
    this.startMillis = startMillis;
    this.counts = counts;
    this.bound = bound;
  }

  OpenPane(String model, String baselineId, long startMillis, ModelBaseline baseline) {
    this(model, baselineId, startMillis, baseline.newPaneCounts(), true);
  }

  static String key(String baselineId, long startMillis) {
    return baselineId + '\u001f' + startMillis;
  }

  PaneCounts counts() {
    return counts;
  }

  /** The counts, able to take further events after a restore. */
  PaneCounts counts(ModelBaseline baseline) {
    if (!bound) {
      PaneCounts fresh = baseline.newPaneCounts();
      fresh.merge(counts);
      counts = fresh;
      bound = true;
    }
    return counts;
  }

  static final StateCodec<OpenPane> CODEC =
      new StateCodec<>() {
        @Override
        public void write(OpenPane pane, StateWriter out) {
          out.writeString(pane.model).writeString(pane.baselineId).writeLong(pane.startMillis);
          out.writeLong(pane.tainted).writeLong(pane.leftOut);
          pane.counts.writeOpenTo(out);
        }

        @Override
        public OpenPane read(StateReader in) {
          String model = in.readString();
          String baselineId = in.readString();
          long startMillis = in.readLong();
          long tainted = in.readLong();
          long leftOut = in.readLong();
          OpenPane pane =
              new OpenPane(model, baselineId, startMillis, PaneCounts.readFrom(in), false);
          pane.tainted = tainted;
          pane.leftOut = leftOut;
          return pane;
        }
      };
}
