package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** The bin counts of one partition, baseline and pane that is not over. */
final class OpenPane {
  final String model;
  final String baselineId;
  final long startMillis;

  private final long lengthMillis;

  /** Counted events of principals that were accused later in the pane. */
  long tainted;

  /** Events of accused principals, which were not counted. */
  long leftOut;

  private PaneCounts counts;
  private ReleaseCounts outputs;
  private boolean bound;

  private OpenPane(
      String model,
      String baselineId,
      long startMillis,
      long lengthMillis,
      PaneCounts counts,
      ReleaseCounts outputs,
      boolean bound) {
    this.model = model;
    this.baselineId = baselineId;
    this.startMillis = startMillis;
    this.lengthMillis = lengthMillis;
    this.counts = counts;
    this.outputs = outputs;
    this.bound = bound;
  }

  OpenPane(
      String model,
      String baselineId,
      long startMillis,
      long lengthMillis,
      ModelBaseline baseline) {
    this(
        model,
        baselineId,
        startMillis,
        lengthMillis,
        baseline.newPaneCounts(),
        new ReleaseCounts(),
        true);
  }

  /** End of the pane, exclusive, milliseconds since the epoch. */
  long endMillis() {
    return startMillis + lengthMillis;
  }

  static String key(String baselineId, long startMillis) {
    return baselineId + '\u001f' + startMillis;
  }

  PaneCounts counts() {
    return counts;
  }

  ReleaseCounts outputs() {
    return outputs;
  }

  void addInputs(ModelBaseline baseline, Observation observation) {
    bind(baseline);
    counts.addInputs(observation);
  }

  /** Counts an answer of a release; not beyond {@link ReleaseCounts#MOST_RELEASES} releases. */
  void addOutputs(ModelBaseline baseline, String version, String digest, Observation observation) {
    bind(baseline);
    PaneCounts ofRelease = outputs.find(version, digest);
    if (ofRelease == null) {
      PaneCounts fresh = baseline.newPaneCounts();
      ofRelease = outputs.add(new Release(version, digest), fresh) ? fresh : null;
    }
    if (ofRelease != null) {
      ofRelease.addOutputs(observation);
    }
  }

  /** Makes counts that were restored able to take further events. */
  private void bind(ModelBaseline baseline) {
    if (bound) {
      return;
    }
    counts = bound(baseline, counts);
    ReleaseCounts fresh = new ReleaseCounts();
    outputs.byRelease.forEach((release, own) -> fresh.add(release, bound(baseline, own)));
    outputs = fresh;
    bound = true;
  }

  private static PaneCounts bound(ModelBaseline baseline, PaneCounts restored) {
    PaneCounts fresh = baseline.newPaneCounts();
    fresh.merge(restored);
    return fresh;
  }

  static final StateCodec<OpenPane> CODEC =
      new StateCodec<>() {
        @Override
        public void write(OpenPane pane, StateWriter out) {
          out.writeString(pane.model).writeString(pane.baselineId).writeLong(pane.startMillis);
          out.writeLong(pane.lengthMillis);
          out.writeLong(pane.tainted).writeLong(pane.leftOut);
          pane.counts.writeOpenTo(out);
          pane.outputs.writeTo(out);
        }

        @Override
        public OpenPane read(StateReader in) {
          String model = in.readString();
          String baselineId = in.readString();
          long startMillis = in.readLong();
          long lengthMillis = in.readLong();
          long tainted = in.readLong();
          long leftOut = in.readLong();
          OpenPane pane =
              new OpenPane(
                  model,
                  baselineId,
                  startMillis,
                  lengthMillis,
                  PaneCounts.readFrom(in),
                  ReleaseCounts.readFrom(in),
                  false);
          pane.tainted = tainted;
          pane.leftOut = leftOut;
          return pane;
        }
      };
}
