package io.inferwarden.ingest.door;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.Operation;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.audit.AuditEntry;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one way in for events of all formats. What comes out may be written: names are pseudonyms,
 * texts are measures, and ids and fingerprints that the sender made are hashed under a key where
 * they might say something. Features, labels, scores, versions and digests are the model's data and
 * pass as they are. One for each thread.
 */
public final class PrivacyDoor {
  private final DoorSettings settings;
  private final Pseudonyms pseudonyms;
  private final EventIds ids;
  private final KeyedHash content;
  private final EventParser parser;
  private @Nullable Admitted admitted;

  /** The last event that was admitted, and by whom. */
  private record Admitted(InferenceEvent event, Client client, @Nullable String nextPrincipal) {
    @Override
    public String toString() {
      return "Admitted";
    }
  }

  /**
   * A door of these settings.
   *
   * @param random makes ids of events that have none; a {@link java.security.SecureRandom} where
   *     nobody may guess them
   */
  public PrivacyDoor(DoorSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.parser =
        new EventParser(
            settings.contentSecret().textKey(),
            !settings.modelsWithText().isEmpty(),
            settings.canaries());
    this.pseudonyms = new Pseudonyms(settings.keys());
    this.ids = new EventIds(settings.contentSecret(), random);
    this.content = new KeyedHash(settings.contentSecret());
  }

  /**
   * Reads one event and hides what is private in it.
   *
   * @param json holds one inference event v1, with names and texts
   * @param offset of its first byte
   * @param length in bytes
   * @param client who sent it
   * @param nowMillis when it arrived, since the epoch; decides which key is in force
   * @param into cleared and filled; empty after a rejection
   * @return null when {@code into} holds an event that may be written; else why not, for the sender
   */
  public @Nullable RejectedEvent admit(
      byte[] json, int offset, int length, Client client, long nowMillis, InferenceEvent into) {
    admitted = null;
    RejectedEvent rejected = parser.parse(json, offset, length, nowMillis, into);
    if (rejected == null && !client.maySpeakOf(into.model())) {
      rejected =
          new RejectedEvent(
              Reason.MODEL_NOT_ALLOWED,
              "model",
              "model: expected a model that " + client.name() + " may speak of, found another");
    }
    if (rejected != null) {
      into.clear();
      return rejected;
    }
    admitted = new Admitted(into, client, hide(into, client.tenant(), nowMillis));
    return null;
  }

  /** Returns the principal's pseudonym of the next epoch, or null outside of an overlap. */
  private @Nullable String hide(InferenceEvent event, String tenant, long nowMillis) {
    int epoch = settings.keys().indexInForceAt(nowMillis);
    int next = settings.keys().indexNextAt(nowMillis);
    String principal = event.principal();
    String org = present(event.org());
    String ip = present(event.ip());
    String network = present(event.network());
    String from = network == null ? ip : network;
    event.id(ids.admitted(event.id(), tenant));
    event.principal(pseudonyms.of(epoch, tenant, PseudonymDomain.PRINCIPAL, principal));
    event.org(org == null ? null : pseudonyms.of(epoch, tenant, PseudonymDomain.ORGANISATION, org));
    event.ip(ip == null ? null : pseudonyms.of(epoch, tenant, PseudonymDomain.ADDRESS, ip));
    event.network(
        from == null ? null : pseudonyms.of(epoch, tenant, PseudonymDomain.NETWORK, from));
    String fingerprint = event.fingerprint();
    if (fingerprint != null) {
      event.fingerprint(
          content.name("f_", Pseudonyms.CHARACTERS, tenant, "fingerprint", fingerprint));
    }
    return next < 0 ? null : pseudonyms.of(next, tenant, PseudonymDomain.PRINCIPAL, principal);
  }

  private static @Nullable String present(@Nullable String name) {
    return name == null || name.isBlank() ? null : name;
  }

  /**
   * What the audit keeps of the event that was admitted last and is still in the object that it was
   * admitted into.
   *
   * @param source format that it came in
   * @param receivedAtMillis when the collector took it, since the epoch
   */
  public AuditEntry auditEntry(String source, long receivedAtMillis) {
    Admitted last = requireAdmitted();
    InferenceEvent event = last.event();
    Operation operation = event.operation();
    String inputFingerprint = parser.inputFingerprint();
    return new AuditEntry(
        idOf(event),
        event.timeMillis(),
        receivedAtMillis,
        source,
        last.client().name(),
        last.client().tenant(),
        event.principal(),
        last.nextPrincipal(),
        event.model(),
        event.version(),
        event.digest(),
        operation == null ? null : operation.code(),
        event.status(),
        inputFingerprint == null ? event.fingerprint() : inputFingerprint,
        parser.outputFingerprint());
  }

  /** The texts of the event that was admitted last, if the policy keeps them; else null. */
  public @Nullable KeptText keptText() {
    InferenceEvent event = requireAdmitted().event();
    if (!settings.keepsTextOf(event.model())) {
      return null;
    }
    String input = parser.inputText();
    String output = parser.outputText();
    return input == null && output == null
        ? null
        : new KeptText(
            idOf(event), event.timeMillis(), event.model(), event.principal(), input, output);
  }

  private static String idOf(InferenceEvent event) {
    String id = event.id();
    if (id == null) {
      throw new IllegalStateException("the admitted event must not be cleared yet");
    }
    return id;
  }

  private Admitted requireAdmitted() {
    Admitted last = admitted;
    if (last == null) {
      throw new IllegalStateException("an event must have been admitted");
    }
    return last;
  }
}
