package io.inferwarden.ingest.door;

import java.util.random.RandomGenerator;

/**
 * The door of what is said beside events: hides the names in deployments and feedback as {@link
 * PrivacyDoor} hides them in events. Thread-safe.
 */
public final class CompanionDoor {
  private final KeyRing keys;
  private final Pseudonyms pseudonyms;
  private final EventIds ids;

  /**
   * @param random as for {@link PrivacyDoor}
   */
  public CompanionDoor(DoorSettings settings, RandomGenerator random) {
    this.keys = settings.keys();
    this.pseudonyms = new Pseudonyms(settings.keys());
    this.ids = new EventIds(settings.contentSecret(), random);
  }

  /**
   * The pseudonym of somebody.
   *
   * @param client whose name it is
   * @param nowMillis when it arrived, since the epoch; decides which key is in force
   */
  public synchronized String pseudonym(Client client, String name, long nowMillis) {
    return pseudonyms.of(
        keys.inForceAt(nowMillis), client.tenant(), PseudonymDomain.PRINCIPAL, name);
  }

  /** The id that an event has behind the door. */
  public synchronized String eventId(Client client, String id) {
    return ids.admitted(id, client.tenant());
  }
}
