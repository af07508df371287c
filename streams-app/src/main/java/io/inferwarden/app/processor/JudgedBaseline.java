package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.evidence.RateState;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.BitSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The evidence that a model has left one of its baselines, and the panes that wait to be judged.
 */
final class JudgedBaseline {
  final String model;
  final String baselineId;

  /** The partitions of the events that use the baseline; panes are judged when all do. */
  final BitSet readyPartitions = new BitSet();

  /**
   * The pane that is judged next; the panes before it are judged. {@link Long#MIN_VALUE} before the
   * first.
   */
  long nextPaneMillis = Long.MIN_VALUE;

  /** From when on all events were counted. */
  long coveredFromMillis = Long.MIN_VALUE;

  /**
   * Until when panes are not judged, since accusations show that a thief's questions are among what
   * was counted: for as long as a pane of the policy.
   */
  long taintedUntilMillis = Long.MIN_VALUE;

  /** Requests of the present pane of the policy, of which shorter panes may be judged. */
  long requests;

  /** Event time until which an incident of this model counts as open. */
  long incidentUntilMillis = Long.MIN_VALUE;

  /** Events judged so far. */
  long events;

  /** Pane after which tickets were last looked at. */
  long toldMillis = Long.MIN_VALUE;

  /** Whether the self-audit said so after the last pane. */
  boolean promiseSuspended;

  /** Whether the fleet stage was told of evidence that it still holds. */
  boolean fleetTold;

  /** What the pane that was judged last left of evidence; null when none was judged. */
  @Nullable NotableEvidence evidence;

  /** What is shown of it. */
  final BaselineView view = new BaselineView();

  /** A pane whose counts are being merged. */
  static final class PendingPane {
    /** Share of a pane that may have come from principals accused within it. */
    private static final double MOST_TAINTED = .01;

    final PaneCounts counts;
    final ReleaseCounts outputs;
    long tainted;
    long leftOut;

    PendingPane(PaneCounts counts, ReleaseCounts outputs) {
      this.counts = counts;
      this.outputs = outputs;
    }

    /**
     * Whether too much of it came from principals accused within it: it shows what a thief asks,
     * not how the model's world is.
     */
    boolean isTainted() {
      return tainted > MOST_TAINTED * Math.max(counts.inputEvents(), outputs.events());
    }
  }

  final TreeMap<Long, PendingPane> pending = new TreeMap<>();

  /** The releases of the model under this baseline. */
  VersionWatch versions = new VersionWatch();

  @Nullable RateState rate;
  private byte @Nullable [] restoredState;
  private @Nullable ModelState state;

  JudgedBaseline(String model, String baselineId) {
    this.model = model;
    this.baselineId = baselineId;
  }

  /** The evidence, read with the detector that knows its shape. */
  ModelState state(ModelDetector detector) {
    ModelState known = state;
    if (known == null) {
      byte[] restored = restoredState;
      known =
          restored == null ? detector.newState() : detector.readState(new StateReader(restored));
      state = known;
      restoredState = null;
    }
    return known;
  }

  /** The evidence, once it was looked at since the start. */
  @Nullable ModelState knownState() {
    return state;
  }

  void merge(
      long paneStartMillis, PaneCounts counts, ReleaseCounts outputs, long tainted, long leftOut) {
    PendingPane pane = pending.get(paneStartMillis);
    if (pane == null) {
      pane = new PendingPane(counts, outputs);
      pending.put(paneStartMillis, pane);
    } else {
      pane.counts.merge(counts);
      pane.outputs.merge(outputs);
    }
    pane.tainted += tainted;
    pane.leftOut += leftOut;
  }

  static final StateCodec<JudgedBaseline> CODEC =
      new StateCodec<>() {
        @Override
        public void write(JudgedBaseline judged, StateWriter out) {
          out.writeString(judged.model).writeString(judged.baselineId);
          out.writeBytes(judged.readyPartitions.toByteArray());
          out.writeLong(judged.nextPaneMillis)
              .writeLong(judged.incidentUntilMillis)
              .writeLong(judged.coveredFromMillis)
              .writeLong(judged.requests)
              .writeLong(judged.taintedUntilMillis)
              .writeLong(judged.events)
              .writeLong(judged.toldMillis)
              .writeBoolean(judged.promiseSuspended)
              .writeBoolean(judged.fleetTold);
          out.writeInt(judged.pending.size());
          judged.pending.forEach(
              (start, pane) -> {
                out.writeLong(start).writeLong(pane.tainted).writeLong(pane.leftOut);
                pane.counts.writeTo(out);
                pane.outputs.writeTo(out);
              });
          judged.versions.writeTo(out);
          RateState rate = judged.rate;
          out.writeBoolean(rate != null);
          if (rate != null) {
            rate.writeTo(out);
          }
          writeState(judged, out);
        }

        private void writeState(JudgedBaseline judged, StateWriter out) {
          byte[] bytes = judged.restoredState;
          ModelState known = judged.state;
          if (known != null) {
            StateWriter own = new StateWriter();
            known.writeTo(own);
            bytes = own.toBytes();
          }
          out.writeBoolean(bytes != null);
          if (bytes != null) {
            out.writeBytes(bytes);
          }
        }

        @Override
        public JudgedBaseline read(StateReader in) {
          JudgedBaseline judged = new JudgedBaseline(in.readString(), in.readString());
          judged.readyPartitions.or(BitSet.valueOf(in.readBytes()));
          judged.nextPaneMillis = in.readLong();
          judged.incidentUntilMillis = in.readLong();
          judged.coveredFromMillis = in.readLong();
          judged.requests = in.readLong();
          judged.taintedUntilMillis = in.readLong();
          judged.events = in.readLong();
          judged.toldMillis = in.readLong();
          judged.promiseSuspended = in.readBoolean();
          judged.fleetTold = in.readBoolean();
          for (int left = in.readInt(); left > 0; left--) {
            long start = in.readLong();
            long tainted = in.readLong();
            long leftOut = in.readLong();
            PaneCounts counts = PaneCounts.readFrom(in);
            judged.merge(start, counts, ReleaseCounts.readFrom(in), tainted, leftOut);
          }
          judged.versions = VersionWatch.readFrom(in);
          judged.rate = in.readBoolean() ? RateState.readFrom(in) : null;
          judged.restoredState = in.readBoolean() ? in.readBytes() : null;
          return judged;
        }
      };
}
