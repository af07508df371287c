package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * The evidence about one principal and model.
 *
 * @param baselineId the baseline that the evidence was gathered under; under another one it starts
 *     anew
 */
record TrackedPrincipal(String baselineId, PrincipalState state) {
  static final StateCodec<TrackedPrincipal> CODEC =
      new StateCodec<>() {
        @Override
        public void write(TrackedPrincipal tracked, StateWriter out) {
          out.writeString(tracked.baselineId);
          tracked.state.writeTo(out);
        }

        @Override
        public TrackedPrincipal read(StateReader in) {
          return new TrackedPrincipal(in.readString().intern(), PrincipalState.readFrom(in));
        }
      };
}
