package io.inferwarden.app.intake;

import io.inferwarden.ingest.collector.CompanionNames;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.CompanionDoor;

/** The names in deployments and feedback are hidden as those in events are. */
record HiddenNames(CompanionDoor door) implements CompanionNames {
  @Override
  public String pseudonym(Client client, String name, long nowMillis) {
    return door.pseudonym(client, name, nowMillis);
  }

  @Override
  public String eventId(Client client, String id) {
    return door.eventId(client, id);
  }
}
