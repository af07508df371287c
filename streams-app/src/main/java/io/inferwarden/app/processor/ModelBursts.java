package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.cohort.AdoptionBursts;
import io.inferwarden.detectors.cohort.RegisteredUse;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** What the new accounts of one chat model have taken up; as bytes until it is needed. */
final class ModelBursts {
  private @Nullable AdoptionBursts bursts;
  private byte @Nullable [] unread;

  /**
   * The bursts of the model.
   *
   * @param spend false alarms that one wording may cost at each new account
   */
  AdoptionBursts open(double spend, RegisteredUse registered) {
    AdoptionBursts known = bursts;
    if (known == null) {
      known =
          unread == null
              ? new AdoptionBursts(spend, registered)
              : AdoptionBursts.readFrom(new StateReader(unread), spend, registered);
      bursts = known;
      unread = null;
    }
    return known;
  }

  static final StateCodec<ModelBursts> CODEC =
      new StateCodec<>() {
        @Override
        public void write(ModelBursts model, StateWriter out) {
          byte[] asRead = model.unread;
          AdoptionBursts live = model.bursts;
          StateWriter written = new StateWriter();
          if (live != null) {
            live.writeTo(written);
          }
          out.writeBytes(asRead == null ? written.toBytes() : asRead);
        }

        @Override
        public ModelBursts read(StateReader in) {
          ModelBursts model = new ModelBursts();
          model.unread = in.readBytes();
          return model;
        }
      };
}
