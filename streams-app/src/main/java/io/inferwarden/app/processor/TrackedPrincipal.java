package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** What is kept of one principal and model. */
final class TrackedPrincipal {
  /** The baseline that the evidence was gathered under; under another one it starts anew. */
  final String baselineId;

  final PrincipalState state;

  /** Event time until which the principal counts as accused. */
  long accusedUntilMillis = Long.MIN_VALUE;

  private long paneStartMillis = Long.MIN_VALUE;
  private long paneEvents;

  TrackedPrincipal(String baselineId, PrincipalState state) {
    this.baselineId = baselineId;
    this.state = state;
  }

  boolean isAccusedAt(long timeMillis) {
    return timeMillis < accusedUntilMillis;
  }

  /** Counts an event in the pane that starts then; returns how many the pane has by now. */
  long countInPane(long startMillis) {
    if (startMillis != paneStartMillis) {
      paneStartMillis = startMillis;
      paneEvents = 0;
    }
    return ++paneEvents;
  }

  static final StateCodec<TrackedPrincipal> CODEC =
      new StateCodec<>() {
        @Override
        public void write(TrackedPrincipal tracked, StateWriter out) {
          out.writeString(tracked.baselineId).writeLong(tracked.accusedUntilMillis);
          out.writeLong(tracked.paneStartMillis).writeLong(tracked.paneEvents);
          tracked.state.writeTo(out);
        }

        @Override
        public TrackedPrincipal read(StateReader in) {
          String baselineId = in.readString().intern();
          long accusedUntilMillis = in.readLong();
          long paneStartMillis = in.readLong();
          long paneEvents = in.readLong();
          TrackedPrincipal tracked = new TrackedPrincipal(baselineId, PrincipalState.readFrom(in));
          tracked.accusedUntilMillis = accusedUntilMillis;
          tracked.paneStartMillis = paneStartMillis;
          tracked.paneEvents = paneEvents;
          return tracked;
        }
      };
}
