package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;

/** Hides the names in companions, the same way as those in events. Thread-safe. */
public interface CompanionNames {
  /**
   * The pseudonym of a name.
   *
   * @param client whose name it is
   * @param name of a principal, or of who deployed or judged
   * @param nowMillis when it arrived, since the epoch
   */
  String pseudonym(Client client, String name, long nowMillis);

  /**
   * The id that an event has behind the door.
   *
   * @param id that its sender gave it
   */
  String eventId(Client client, String id);
}
