package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.door.Client;

/** Makes pseudonyms of the names in companions, the same as of those in events. Thread-safe. */
@FunctionalInterface
public interface CompanionNames {
  /**
   * The pseudonym of a name.
   *
   * @param client whose name it is
   * @param name of a principal, or of who deployed or judged
   */
  String pseudonym(Client client, String name);
}
