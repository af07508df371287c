package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.Canaries;
import io.inferwarden.ingest.EventJsonWriter;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.GuardVerdict;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.TextCount;
import io.inferwarden.ingest.audit.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivacyDoorTest {
  private static final Client CLIENT = new Client("gateway", "acme", Set.of("fraud-*"));
  private static final long CHANGE = TestKeys.CHANGE.toEpochMilli();
  private static final long IN_FORCE = CHANGE + TestKeys.OVERLAP.toMillis();

  private final KeyRing ring = TestKeys.ring();
  private final Pseudonyms pseudonyms = new Pseudonyms(ring);
  private final PrivacyDoor door = new PrivacyDoor(DoorSettings.of(ring), new Random(7));
  private final InferenceEvent event = new InferenceEvent();

  @Test
  void namesBecomePseudonymsAndTheRestStays() {
    admit(
        CHANGE - 1,
        "\"id\":\"01J:a.b_c-d\",\"org\":\"Example Inc\",\"ip\":\"203.0.113.7:81\","
            + "\"guard\":\"deny\",\"version\":\"7\",\"output\":{\"label\":\"fraud\"}");

    assertThat(event.principal()).isEqualTo(pseudonym(0, PseudonymDomain.PRINCIPAL, "alice"));
    assertThat(event.org()).isEqualTo(pseudonym(0, PseudonymDomain.ORGANISATION, "Example Inc"));
    assertThat(event.ip()).isEqualTo(pseudonym(0, PseudonymDomain.ADDRESS, "203.0.113.7"));
    assertThat(event.network()).isEqualTo(pseudonym(0, PseudonymDomain.NETWORK, "203.0.113.0/24"));
    assertThat(event.id()).isEqualTo("01J:a.b_c-d");
    assertThat(event.guard()).isEqualTo(GuardVerdict.DENY);
    assertThat(event.version()).isEqualTo("7");
    assertThat(event.label()).isEqualTo("fraud");
  }

  @Test
  void addressesOfOneNetworkShareItsPseudonymAndNotTheirOwn() {
    admit(0, "\"ip\":\"2001:db8:12:34::1\"");
    String ip = event.ip();
    String network = event.network();

    admit(0, "\"ip\":\"[2001:DB8:12:99::2]:443\"");

    assertThat(event.network()).isEqualTo(network);
    assertThat(event.ip()).isNotNull().isNotEqualTo(ip);
  }

  @Test
  void theNetworkThatAnEventNamesStandsBeforeThatOfItsAddress() {
    admit(0, "\"ip\":\"203.0.113.7\",\"network\":\"198.51.100.9/24\"");

    assertThat(event.network()).isEqualTo(pseudonym(0, PseudonymDomain.NETWORK, "198.51.100.0/24"));
  }

  @Test
  void withoutOrganisationAndAddressThereAreNoPseudonymsOfThem() {
    admit(0, "\"org\":\" \",\"ip\":\"\",\"network\":null");

    assertThat(event.org()).isNull();
    assertThat(event.ip()).isNull();
    assertThat(event.network()).isNull();
    assertThat(event.fingerprint()).isNull();
  }

  @Test
  void atAChangeOfKeyTheEventCarriesOnePseudonymAndTheAuditBoth() {
    String old = pseudonym(0, PseudonymDomain.PRINCIPAL, "alice");
    String next = pseudonym(1, PseudonymDomain.PRINCIPAL, "alice");

    assertPrincipals(CHANGE - 1, old, null);
    assertPrincipals(CHANGE, old, next);
    assertPrincipals(IN_FORCE - 1, old, next);
    assertPrincipals(IN_FORCE, next, null);
  }

  private void assertPrincipals(long arrivedAt, String inForce, String next) {
    admit(arrivedAt, "\"org\":\"o\"");
    AuditEntry entry = door.auditEntry("http", arrivedAt);

    assertThat(event.principal()).isEqualTo(inForce);
    assertThat(entry.principal()).isEqualTo(inForce);
    assertThat(entry.nextPrincipal()).isEqualTo(next);
    int epoch = arrivedAt < IN_FORCE ? 0 : 1;
    assertThat(event.org()).isEqualTo(pseudonym(epoch, PseudonymDomain.ORGANISATION, "o"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice@example.com", "a b", "é", "a/b"})
  void idsThatAreNotPlainAreHashedAndEqualOnesStayEqual(String id) {
    admit(CHANGE - 1, "\"id\":\"" + id + "\"");
    String hashed = event.id();
    admit(IN_FORCE, "\"id\":\"" + id + "\"");

    assertThat(hashed).matches("e_[a-z2-7]{26}").isEqualTo(event.id());
    admit(0, "\"id\":\"" + id + "x\"");
    assertThat(event.id()).isNotEqualTo(hashed);
  }

  @Test
  void plainIdsAreKeptUpToSixtyFourCharacters() {
    String longest = "A-Za-z0-9._:-".repeat(5).substring(0, 64);

    admit(0, "\"id\":\"" + longest + "\"");
    assertThat(event.id()).isEqualTo(longest);
    admit(0, "\"id\":\"" + longest + "x\"");
    assertThat(event.id()).startsWith("e_");
  }

  @Test
  void eventsWithoutAnIdGetOneOfTheirOwn() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      admit(0, "\"id\":\"\"");
      assertThat(event.id()).matches("ev_[a-z2-7]{26}");
      ids.add(event.id());
    }

    assertThat(ids).hasSize(10_000);
  }

  @Test
  void equalFingerprintsStayEqualAlsoAcrossAChangeOfKey() {
    admit(CHANGE - 1, "\"input\":{\"fingerprint\":\"9f\"}");
    String fingerprint = event.fingerprint();
    admit(IN_FORCE, "\"input\":{\"fingerprint\":\"9f\"}");

    assertThat(event.fingerprint()).matches("f_[a-z2-7]{16}").isEqualTo(fingerprint);
    admit(0, "\"input\":{\"fingerprint\":\"9e\"}");
    assertThat(event.fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void measuresThatASenderMadeWithoutAKeyAreHashedAsThoseOfItsTextWouldBe() {
    InferenceEvent unkeyed = new InferenceEvent();
    byte[] text = json("fraud-eu", "\"input\":{\"text\":\"Pay alice 900 now\"}");
    assertThat(new EventParser().parse(text, 0, text.length, CHANGE, unkeyed)).isNull();
    admit(CHANGE, "\"input\":{\"text\":\"Pay alice 900 now\"}");
    long ofText = event.inputText().fingerprint();
    long head = event.inputText().headFingerprint();

    byte[] measured = new EventJsonWriter().write(unkeyed);
    assertThat(door.admit(measured, 0, measured.length, CLIENT, CHANGE, event)).isNull();

    assertThat(event.inputText().fingerprint())
        .isEqualTo(ofText)
        .isNotEqualTo(unkeyed.inputText().fingerprint());
    assertThat(event.inputText().headFingerprint()).isEqualTo(head);
    assertThat(event.inputText().lineFingerprint())
        .isNotEqualTo(unkeyed.inputText().lineFingerprint());
    assertThat(buckets(event)).hasSameSizeAs(buckets(unkeyed)).isNotEqualTo(buckets(unkeyed));
    assertThat(event.inputText().count(TextCount.WORDS)).isEqualTo(4);
  }

  @Test
  void aSimHashThatASenderMadeIsLeftOut() {
    admit(
        CHANGE,
        "\"output\":{\"textMeasures\":{\"words\":2,\"simHash\":\"ab\",\"template\":\"cd\"}}");

    assertThat(event.outputText().simHash()).isZero();
    assertThat(event.outputText().template()).isNotZero().isNotEqualTo(0xcd);
    assertThat(event.outputText().fingerprint()).isZero();
    assertThat(buckets(event)).isEmpty();
  }

  private static List<Integer> buckets(InferenceEvent of) {
    List<Integer> buckets = new ArrayList<>();
    for (int i = 0; i < of.inputText().bucketCount(); i++) {
      buckets.add(of.inputText().bucket(i));
    }
    return buckets;
  }

  @Test
  void nothingIsTheSameForAnotherTenant() {
    String fields =
        "\"id\":\"a b\",\"org\":\"o\",\"ip\":\"1.2.3.4\",\"input\":{\"fingerprint\":\"9\"}";
    Set<String> seen = new HashSet<>();
    for (String tenant : new String[] {"acme", "other"}) {
      byte[] json = json("fraud-eu", fields);
      door.admit(json, 0, json.length, new Client("k", tenant, Set.of()), CHANGE, event);
      seen.add(event.id());
      seen.add(event.principal());
      seen.add(event.org());
      seen.add(event.ip());
      seen.add(event.network());
      seen.add(event.fingerprint());
    }

    assertThat(seen).hasSize(12).doesNotContainNull();
  }

  @Test
  void refusesModelsThatTheClientMayNotSpeakOf() {
    byte[] json = json("chat", "");

    RejectedEvent rejected = door.admit(json, 0, json.length, CLIENT, CHANGE, event);

    assertThat(rejected)
        .isEqualTo(
            new RejectedEvent(
                Reason.MODEL_NOT_ALLOWED,
                "model",
                "model: expected a model that gateway may speak of, found another"));
    assertThat(event.principal()).isEmpty();
    assertThatThrownBy(() -> door.auditEntry("http", 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(door::keptText).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatTheParserRefusesLeavesNothingBehind() {
    byte[] json = json("fraud-eu", "\"latencyMs\":-1");

    RejectedEvent rejected = door.admit(json, 0, json.length, CLIENT, CHANGE, event);

    assertThat(rejected).extracting(RejectedEvent::reason).isEqualTo(Reason.INVALID_VALUE);
    assertThat(event.principal()).isEmpty();
    assertThat(event.model()).isEmpty();
  }

  @Test
  void readsAnEventInTheMiddleOfABatch() {
    String one = new String(json("fraud-eu", ""), StandardCharsets.UTF_8);
    byte[] batch = ("x\n" + one + "\ny").getBytes(StandardCharsets.UTF_8);

    assertThat(door.admit(batch, 2, one.length(), CLIENT, CHANGE, event)).isNull();
    assertThat(event.model()).isEqualTo("fraud-eu");
  }

  @Test
  void theAuditSaysWhoAskedWhichModelWhatAndHowItEnded() {
    admit(
        CHANGE,
        "\"id\":\"7\",\"version\":\"3\",\"digest\":\"sha256:ab\",\"operation\":\"classify\","
            + "\"status\":\"error\"");

    AuditEntry entry = door.auditEntry("otlp", CHANGE + 5);

    assertThat(entry)
        .isEqualTo(
            new AuditEntry(
                "7",
                CHANGE - 1000,
                CHANGE + 5,
                "otlp",
                "gateway",
                "acme",
                pseudonym(0, PseudonymDomain.PRINCIPAL, "alice"),
                pseudonym(1, PseudonymDomain.PRINCIPAL, "alice"),
                "fraud-eu",
                "3",
                "sha256:ab",
                "classify",
                "error",
                null,
                null));

    admit(CHANGE, "\"input\":{\"fingerprint\":\"9f\"}");
    assertThat(door.auditEntry("otlp", CHANGE).inputFingerprint()).isEqualTo(event.fingerprint());
  }

  @Test
  void theAuditHoldsFingerprintsThatEqualContentsShareAcrossAChangeOfKey() {
    String fields = "\"input\":{\"text\":\"a question\"},\"output\":{\"text\":\"an answer\"}";
    admit(CHANGE - 1, fields);
    AuditEntry before = door.auditEntry("http", CHANGE);
    admit(IN_FORCE, fields);
    AuditEntry after = door.auditEntry("http", IN_FORCE);

    assertThat(before.inputFingerprint()).isNotNull().isEqualTo(after.inputFingerprint());
    assertThat(before.outputFingerprint()).isNotNull().isEqualTo(after.outputFingerprint());
    assertThat(before.inputFingerprint()).isNotEqualTo(before.outputFingerprint());
    admit(IN_FORCE, fields.replace("an answer", "another"));
    assertThat(door.auditEntry("http", IN_FORCE).outputFingerprint())
        .isNotEqualTo(before.outputFingerprint());
  }

  @Test
  void keepsTheTextsOfTheModelsThatThePolicyNamesOnly() {
    DoorSettings keeping =
        new DoorSettings(
            ring, DoorSettings.contentSecretOf(ring), Canaries.none(), Set.of("fraud-e*"));
    PrivacyDoor keeper = new PrivacyDoor(keeping, new Random(3));
    String fields = "\"id\":\"1\",\"input\":{\"text\":\"a question\"}";
    byte[] kept = json("fraud-eu", fields);
    byte[] other = json("fraud-us", fields);
    byte[] empty = json("fraud-eu", "\"id\":\"2\"");

    keeper.admit(kept, 0, kept.length, CLIENT, CHANGE, event);
    assertThat(keeper.keptText())
        .isEqualTo(
            new KeptText("1", CHANGE - 1000, "fraud-eu", event.principal(), "a question", null));
    keeper.admit(other, 0, other.length, CLIENT, CHANGE, event);
    assertThat(keeper.keptText()).isNull();
    keeper.admit(empty, 0, empty.length, CLIENT, CHANGE, event);
    assertThat(keeper.keptText()).isNull();
  }

  @Test
  void theContentsSecretIsThatOfTheFirstEpochAndNotItsKey() {
    Secret derived = DoorSettings.contentSecretOf(ring);

    assertThat(derived.isSameAs(DoorSettings.of(ring).contentSecret())).isTrue();
    assertThat(derived.isSameAs(TestKeys.secret(0))).isFalse();
  }

  @Test
  void whatWasAdmittedCanBeWritten() {
    admit(CHANGE, "\"ip\":\"203.0.113.7\"");

    assertThat(new String(new EventJsonWriter().write(event), StandardCharsets.UTF_8))
        .contains("\"principal\":\"" + event.principal() + "\"", "\"network\":\"n_")
        .doesNotContain("alice", "203");
  }

  private void admit(long arrivedAt, String fields) {
    byte[] json = json("fraud-eu", fields);
    assertThat(door.admit(json, 0, json.length, CLIENT, Math.max(arrivedAt, CHANGE - 1), event))
        .isNull();
  }

  private String pseudonym(int epoch, PseudonymDomain domain, String name) {
    return pseudonyms.of(ring.epochs().get(epoch), "acme", domain, name);
  }

  private static byte[] json(String model, String fields) {
    String json =
        "{\"time\":"
            + (CHANGE - 1000)
            + ",\"model\":\""
            + model
            + "\",\"principal\":\"alice\""
            + (fields.isEmpty() ? "" : ",")
            + fields
            + "}";
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
