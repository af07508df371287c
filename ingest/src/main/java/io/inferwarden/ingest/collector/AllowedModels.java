package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.door.Client;

/** Refuses companions about models that their sender may not speak of. */
final class AllowedModels {
  private AllowedModels() {}

  static void check(Client client, String model) throws RejectedCompanion {
    if (!client.maySpeakOf(model)) {
      throw new RejectedCompanion(
          Reason.MODEL_NOT_ALLOWED, "model", "a model that this key may speak of", "another");
    }
  }
}
